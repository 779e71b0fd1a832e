import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { categories, isStale, KeepSignposts, seeSignposts, signpostList, signpostNeeds } from '../../grants/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { may } from '../runs/stage.ts';
import { grantUrls } from './grants.urls.ts';

const text = z.string().trim();
const adding = z.object({
  ...{ name: text.max(120).default(''), does: text.max(300).default(''), area: text.max(100).default('') },
  ...{ phone: text.max(20).default(''), web: text.max(210).default('') },
  needs: z.union([text.transform((need) => [need]), z.array(text).max(20)]).default([]),
});
const ending = z.object({ because: words(300) });
const needNames: Readonly<Record<string, string>> = { any: 'Every need', ...categories };
const needs = signpostNeeds.map((value) => ({ value, text: needNames[value] }));

/** Who else helps families: the list letters are written from. */
@Controller()
export class SignpostPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keep: KeepSignposts,
  ) {}

  @Page({ method: 'GET', path: grantUrls.signposts, title: 'Who else helps', allowed: seeSignposts, audit: null })
  async list(@Visiting() visit: Visit): Promise<View> {
    const { all, today } = await this.unitOfWork.read(visit.actor, async (tx) => ({
      ...{ all: await signpostList(tx, 'all'), today: tx.today },
    }));
    const onTheList = all.filter((each) => each.endedOn === null);
    const signposts = onTheList.map((each) => ({ ...each, isStale: isStale(each, today) }));
    const ended = all.filter((each) => each.endedOn !== null);
    const rights = { mayKeep: may(visit, KeepSignposts.allowed), mayCheck: may(visit, KeepSignposts.checkers) };
    return show('grants/signposts.njk', { signposts, ended, needNames, ...rights });
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.newSignpost, title: 'Add somebody who helps' },
    ...{ allowed: KeepSignposts.allowed, audit: null },
  })
  ask(@Visiting() visit: Visit): View {
    return show('grants/new-signpost.njk', { values: visit.form, needs });
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.newSignpost, title: 'Add somebody who helps' },
    ...{ allowed: KeepSignposts.allowed, audit: 'grants.signpost-added' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { phone, web, ...said } = read(adding, visit.form);
        await this.keep.add(visit.actor, { ...said, phone: phone || null, web: web || null }, visit.idempotency);
        return goTo(grantUrls.signposts, `${said.name} is on the list.`);
      },
      () => show('grants/new-signpost.njk', { values: visit.form, needs }),
    );
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.checkSignpost, title: 'Say that it is still right' },
    ...{ allowed: KeepSignposts.checkers, audit: 'grants.signpost-checked' },
  })
  check(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.keep.check(visit.actor, number(visit.params.id ?? ''));
        return goTo(grantUrls.signposts, 'It is on record that you looked it up today.');
      },
      () => this.list(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.endSignpost, title: 'Take somebody off the list' },
    ...{ allowed: KeepSignposts.allowed, audit: null },
  })
  askEnd(@Visiting() visit: Visit): Promise<View> {
    return this.#ending(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.endSignpost, title: 'Take somebody off the list' },
    ...{ allowed: KeepSignposts.allowed, audit: 'grants.signpost-ended' },
  })
  end(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.keep.end(visit.actor, number(visit.params.id ?? ''), read(ending, visit.form).because);
        return goTo(grantUrls.signposts, 'It is off the list. Letters already written stay as they are.');
      },
      () => this.#ending(visit),
    );
  }

  async #ending(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const all = await this.unitOfWork.read(visit.actor, (tx) => signpostList(tx, 'all'));
    return show('grants/end-signpost.njk', { signpost: all.find((each) => each.id === id), values: visit.form });
  }
}
