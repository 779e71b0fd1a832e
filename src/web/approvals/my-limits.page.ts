import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { actInApprovals, listStandIns, NameStandIn, waysOf } from '../../approvals/index.ts';
import { activePeople, limitKinds, namesOf } from '../../identity/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { dayNeeded, reason } from '../administration/answers.ts';
import { kindTerm } from '../administration/terms.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { approvalUrls } from './approvals.urls.ts';

const answers = z.object({ standInId: z.string().regex(/^\d{1,18}$/, 'Choose somebody.'), reason });

/** What a person may decide, up to how much, in their own name and in others'; and who signs in their place. */
@Controller()
export class MyLimitsPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly standIns: NameStandIn,
  ) {}

  @Page({
    ...{ method: 'GET', path: approvalUrls.mine, title: 'My limits and stand-ins' },
    ...{ allowed: actInApprovals, audit: null },
  })
  async mine(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      limits: await limitsOf(tx, visit.person.id),
      standIns: await listStandIns(tx, visit.person.id),
    }));
    return show('approvals/my-limits.njk', { ...data, me: visit.person.id });
  }

  @Page({
    ...{ method: 'GET', path: approvalUrls.newStandIn, title: 'Name somebody to stand in for you' },
    ...{ allowed: NameStandIn.allowed, audit: null },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit);
  }

  @Page({
    ...{ method: 'POST', path: approvalUrls.newStandIn, title: 'Name somebody to stand in for you' },
    ...{ allowed: NameStandIn.allowed, audit: 'approvals.stand-in-named' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = read(answers, visit.form);
        const days = { firstDay: dayNeeded(visit.form, 'firstDay'), lastDay: dayNeeded(visit.form, 'lastDay') };
        await this.standIns.run(visit.actor, { ...given, ...days }, visit.idempotency);
        return goTo(approvalUrls.mine, 'Your stand-in is named. They sign within your limits on those days.');
      },
      () => this.#form(visit),
    );
  }

  @Page({
    ...{ method: 'POST', path: approvalUrls.endStandIn, title: 'End standing in' },
    ...{ allowed: actInApprovals, audit: 'approvals.stand-in-ended' },
  })
  end(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.standIns.end(visit.actor, number(visit.params.id ?? ''), visit.idempotency);
        return goTo(approvalUrls.mine, 'It is ended. Nobody signs in that name any more.');
      },
      () => this.mine(visit),
    );
  }

  async #form(visit: Visit): Promise<View> {
    const people = await this.unitOfWork.read(visit.actor, (tx) => activePeople(tx, actInApprovals.roles));
    return show('approvals/new-stand-in.njk', {
      ...{ people: people.filter(({ id }) => id !== visit.person.id), values: visit.form },
    });
  }
}

/** Finds up to how much a person decides each kind of thing today, in their own name and in others'. */
async function limitsOf(tx: Transaction, personId: string) {
  const found = [];
  for (const kind of limitKinds) for (const way of await waysOf(tx, personId, kind)) found.push({ kind, ...way });
  const names = await namesOf(
    tx,
    found.map((way) => way.inNameOf),
  );
  return found.map((way) => ({
    ...way,
    about: kindTerm(way.kind),
    forWhom: way.standInId === null ? null : names.get(way.inNameOf),
  }));
}
