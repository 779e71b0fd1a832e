import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ChangeFamily, type FamilyDetail, familyDetail, teamsAndWards } from '../../../families/index.ts';
import { number, type ProblemDocument, UnitOfWork } from '../../../platform/index.ts';
import { contactRule, phone, waysNamed } from '../../pages/formats.ts';
import { languageName, languages } from '../../pages/languages.ts';
import {
  attempt,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
} from '../../pages/index.ts';
import { familyUrl, familyUrls } from '../families.urls.ts';
import { placeIn, reachIn } from '../family-forms.ts';
import { type Answers, type AnswerShown, changeForm } from './differences.ts';

const shownForm = z.object({ version: z.coerce.number().int() });

/** A group of answers about a family that is changed on one page. */
interface Group {
  readonly template: string;
  readonly fields: Readonly<Record<string, AnswerShown>>;
  readonly now: (family: FamilyDetail) => Answers;
}

const contact: Group = {
  template: 'families/changes/contact.njk',
  fields: {
    contact: { label: 'Safe to contact', say: contactRule },
    safeChannels: { label: 'Safe ways to tell them', say: waysNamed },
    firstChannel: {
      label: 'Way to try first',
      say: (way) => (way && way !== 'any' ? waysNamed(way) : 'They do not mind'),
    },
    ...{ mobile: { label: 'Mobile' }, email: { label: 'E-mail' } },
    language: { label: 'Language they speak', say: languageName },
    reads: { label: 'Language they read', say: (code) => (code ? languageName(code) : 'The same') },
    interpreter: { label: 'Interpreter', say: (needed) => (needed === 'yes' ? 'Needed' : 'Not needed') },
  },
  now: ({ contact: rule, language, reach, ways }) => ({
    ...{ contact: rule, language, mobile: phone(reach.mobile), email: reach.email, reads: ways.reads },
    ...{ safeChannels: ways.safeChannels.join(','), firstChannel: ways.firstChannel ?? 'any' },
    interpreter: ways.interpreter ? 'yes' : null,
  }),
};
const address: Group = {
  template: 'families/changes/address.njk',
  fields: {
    ...{ line1: { label: 'Line 1' }, line2: { label: 'Line 2' }, town: { label: 'Town or city' } },
    ...{ postcode: { label: 'Postcode' }, ward: { label: 'Ward' } },
  },
  now: ({ place }) => ({ ...place }),
};

/** Changing how a family is reached and where it lives. The second of two people is shown the difference; nothing typed is lost. */
@Controller()
export class ChangeFamilyPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changeFamily: ChangeFamily,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.contact, title: 'Change how a family may be reached' },
    ...{ allowed: ChangeFamily.allowed, audit: 'families.family-seen', subject: 'family' },
  })
  askContact(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit, contact);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.contact, title: 'Change how a family may be reached' },
    ...{ allowed: ChangeFamily.allowed, audit: 'families.contact-changed' },
  })
  takeContact(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#take(visit, contact, 'How to reach them is changed. No payment changes.', (id, version) =>
      this.changeFamily.reach(visit.actor, id, reachIn(visit.form), version),
    );
  }

  @Page({
    ...{ method: 'GET', path: familyUrls.address, title: 'Change where a family lives' },
    ...{ allowed: ChangeFamily.allowed, audit: 'families.family-seen', subject: 'family' },
  })
  askAddress(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit, address);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.address, title: 'Change where a family lives' },
    ...{ allowed: ChangeFamily.allowed, audit: 'families.address-changed' },
  })
  takeAddress(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#take(visit, address, 'The address is changed. No payment changes.', (id, version) =>
      this.changeFamily.place(
        visit.actor,
        id,
        { ...placeIn(visit.form), oldIsUnsafe: visit.form.oldIsUnsafe === 'yes' },
        version,
      ),
    );
  }

  #take(
    visit: Visit,
    group: Group,
    told: string,
    save: (id: string, version: number) => Promise<unknown>,
  ): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        await save(id, read(shownForm, visit.form).version);
        return goTo(familyUrl(id), told);
      },
      (problem) => this.#form(visit, group, problem),
    );
  }

  async #form(visit: Visit, { template, fields, now }: Group, problem?: ProblemDocument): Promise<View> {
    const { family, wards, today } = await this.unitOfWork.read(visit.actor, async (tx) => ({
      family: await familyDetail(tx, number(visit.params.id ?? '')),
      wards: (await teamsAndWards(tx)).wards,
      today: tx.today,
    }));
    const there = { now: now(family), version: family.version };
    return show(template, { family, today, wards, languages, ...changeForm(fields, there, visit.form, problem) });
  }
}
