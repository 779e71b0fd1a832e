import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { AskForGrant, catalogueList } from '../../grants/index.ts';
import { type FamilyGuest, type Phrase, Voice } from '../../notices/index.ts';
import { inputRefused, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, type OpenVisit, type PageAnswer, type View, Visiting } from '../pages/index.ts';
import { showTo } from './family-view.ts';
import { FamilyPage, Guest } from './family-visit.ts';
import { familyPageUrls as urls } from './family.urls.ts';

const MOST_LETTERS = 500;

/** What a family can ask for in its own language, by the code of the catalogue. */
export const NEEDS = {
  ...{ 'rent-arrears': 'needRent', food: 'needFood', 'nappies-formula': 'needBaby', clothing: 'needClothes' },
  ...{ 'school-uniform': 'needSchool', travel: 'needTravel', utilities: 'needEnergy', bed: 'needBed' },
  ...{ fridge: 'needFridge', cooker: 'needCooker', 'home-office-fee': 'needFees', 'phone-data': 'needPhone' },
  'something-else': 'needOther',
} as const satisfies Readonly<Record<string, Phrase>>;
const codes = Object.keys(NEEDS) as (keyof typeof NEEDS)[];
const typed = z.object({
  codes: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) => (Array.isArray(given) ? given : [given])),
  need: z.string().default(''),
});

/** What a family asks for from its page. */
@Controller()
export class AskPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly askForGrant: AskForGrant,
  ) {}

  @FamilyPage({ method: 'GET', path: urls.ask, title: 'Ask for something you need' })
  ask(@Guest() guest: FamilyGuest): Promise<View> {
    return this.#form(guest, {});
  }

  @FamilyPage({ method: 'POST', path: urls.ask, title: 'Ask for something you need', audit: 'grants.family-asked' })
  send(@Guest() guest: FamilyGuest, @Visiting() visit: OpenVisit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.askForGrant.run(guest, askedIn(guest, visit), visit.idempotency);
        return goTo(urls.asked);
      },
      ({ code }) => this.#form(guest, visit.form, code === 'too_many_family_requests'),
    );
  }

  async #form(guest: FamilyGuest, values: OpenVisit['form'], isFull = false): Promise<View> {
    const offered = await this.unitOfWork.read(guest.actor, catalogueList);
    const known = new Set(offered.filter((item) => item.active).map((item) => item.code));
    const chosen = typed.parse({ codes: values.codes }).codes;
    const boxes = codes
      .filter((code) => known.has(code))
      .map((code) => ({ code, phrase: NEEDS[code], isChosen: chosen.includes(code) }));
    return showTo(guest, 'ask.njk', { boxes, values, isFull });
  }
}

/** Reads what was asked; what is wrong is said in the family's language. @throws input_refused */
function askedIn(guest: FamilyGuest, { form }: OpenVisit): { codes: string[]; need: string } {
  const voice = new Voice(guest.language, guest.speaker);
  const given = typed.parse(form);
  const chosen = codes.filter((code) => given.codes.includes(code));
  const need = given.need.trim().replaceAll('\r\n', '\n');
  const items = [
    ...(chosen.length === 0 ? [{ field: 'codes', reason: voice.say('pageGrantChoose') }] : []),
    ...(need === '' ? [{ field: 'need', reason: voice.say('pageWrite') }] : []),
    ...(need.length > MOST_LETTERS
      ? [{ field: 'need', reason: voice.say('pageTooLong', { most: String(MOST_LETTERS) }) }]
      : []),
  ];
  if (items.length > 0) throw inputRefused(voice.say('pageProblem'), items);
  return { codes: chosen, need };
}
