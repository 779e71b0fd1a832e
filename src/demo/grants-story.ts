import type { INestApplicationContext } from '@nestjs/common';
import { familyByReference } from '../families/index.ts';
import { AddBudget, AddFund, financialYearOf, SetFundRules } from '../funds/index.ts';
import {
  applicationsListed,
  AskForReview,
  DecideApplication,
  KeepSignposts,
  PutForward,
  signpostList,
  WriteApplication,
} from '../grants/index.ts';
import { Money, operatorOf } from '../kernel/index.ts';
import { Clock, UnitOfWork } from '../platform/index.ts';
import type { DemoCouncil } from './council.ts';
import { peopleOf } from './people.ts';
import { partnersStory } from './partners-story.ts';
import type { FamilyPersona } from './personas.ts';
import type { Teller } from './weekly-run.ts';

/** How many grants were asked for, awarded and declined. */
export interface GrantsCounted {
  readonly applied: number;
  readonly awarded: number;
  readonly declined: number;
}

/** Where there are no personas, nobody asks for a grant. */
export const NO_GRANTS: GrantsCounted = { applied: 0, awarded: 0, declined: 0 };

type Stage = 'draft' | 'submitted' | 'recommended' | 'approved' | 'changes_asked' | 'declined';

/** One application of the story: whose, for what, and how far it goes. */
interface Told {
  readonly family: FamilyPersona;
  readonly items: readonly { code: string; amount: string; instalments?: number }[];
  readonly need: string;
  readonly childNeed: string;
  readonly stage: Stage;
  /** In the manager's words. */
  readonly reason?: string;
  readonly emergencyReason?: string;
  /** How Casey knows the family, where Casey does. */
  readonly conflictWords?: string;
}

const FUND = 'crisis-resilience';

const STORY: readonly Told[] = [
  {
    ...{ family: 'P-WELFARE', stage: 'approved', reason: 'It keeps the family in its home.' },
    items: [
      { code: 'rent-arrears', amount: '240.00' },
      { code: 'food', amount: '90.00', instalments: 3 },
    ],
    ...{
      need: 'Two weeks behind with the rent after the heating broke.',
      childNeed: 'They would have to leave school.',
    },
  },
  {
    ...{ family: 'P-PART-WEEK', stage: 'approved', emergencyReason: 'They are locked out of their room tonight.' },
    items: [{ code: 'travel', amount: '45.00' }],
    ...{ need: 'To reach relatives before night.', childNeed: 'The children would be in the street.' },
  },
  {
    ...{ family: 'P-BABY', stage: 'recommended', items: [{ code: 'nappies-formula', amount: '40.00' }] },
    ...{ need: 'Formula until the next payment.', childNeed: 'Awa is under one.' },
  },
  {
    // Above what Morgan may approve: somebody with a higher limit decides.
    ...{ family: 'P-AT-LIMIT', stage: 'recommended', items: [{ code: 'home-office-fee', amount: '580.00' }] },
    ...{ need: 'The fee for a child’s registration.', childNeed: 'Without it the child has no status at 18.' },
  },
  {
    ...{ family: 'P-ARREARS', stage: 'changes_asked', reason: 'Which shop, and is a second-hand one possible?' },
    items: [{ code: 'washing-machine', amount: '260.00' }],
    ...{ need: 'The machine broke and the launderette is far.', childNeed: 'School uniforms are washed by hand.' },
  },
  {
    ...{ family: 'P-NO-BANK', stage: 'submitted', items: [{ code: 'phone-data', amount: '10.00' }] },
    ...{ need: 'To be reached by the school.', childNeed: 'The school calls this number.' },
  },
  {
    // Casey knows them: a person has to look at that before anybody awards it.
    ...{ family: 'P-HELD', stage: 'submitted', conflictWords: 'Their eldest is in a class with my daughter.' },
    items: [{ code: 'food', amount: '30.00' }],
    ...{ need: 'Food until their card is replaced.', childNeed: 'The children eat one meal less a day.' },
  },
  { family: 'P-HELD', stage: 'draft', items: [], need: 'A bed for the youngest.', childNeed: 'They share a mattress.' },
];

/**
 * Has people ask for grants at a council: awarded, urgent, waiting, above a limit, sent back, declined and under
 * review, of somebody the worker knows, begun.
 */
export async function grantsStory(
  app: INestApplicationContext,
  council: DemoCouncil,
  tell: Teller,
): Promise<GrantsCounted> {
  await moneyForGrants(app, council);
  for (const told of STORY) await take(app, council, told);
  await askForReview(app, council, await take(app, council, declined));
  await partnersStory(app, council, FUND);
  const counted = await count(app, council);
  tell.say(
    `\n${counted.applied} grants were asked for, one of them by an agency, for which Petra signs in. Morgan awarded ${counted.awarded} and declined ${counted.declined}; the others wait at /grants. The family that was refused asked for a review: Sasha looks at it again.`,
  );
  return counted;
}

const declined: Told = {
  ...{ family: 'P-OVERPAID', stage: 'declined', reason: 'The school gives this uniform free: ask there first.' },
  items: [{ code: 'school-uniform', amount: '80.00' }],
  ...{ need: 'A new uniform.', childNeed: 'Kofi has grown out of his.' },
};

async function moneyForGrants(app: INestApplicationContext, council: DemoCouncil): Promise<void> {
  const operator = operatorOf(council.authorityId);
  const name = 'Crisis and Resilience Fund';
  const fundId = await app.get(AddFund).run(operator, { code: FUND, name, pays: ['grant'] });
  const budget = { amount: Money.gbp('20000.00'), financialYear: financialYearOf(app.get(Clock).today()) };
  await app.get(AddBudget).run(operator, { fundCode: FUND, ...budget, reason: 'Grant for the year' });
  const caps = { awardCap: '600.00', familyCap: '1500.00', emergencyCap: '150.00' };
  const rules = { ...caps, programme: 'Crisis payments', buys: null, coolingOffDays: 0, spentBy: null };
  await app.get(SetFundRules).run(operator, fundId, rules);
}

async function take(app: INestApplicationContext, council: DemoCouncil, told: Told): Promise<string> {
  const { caseworker, manager } = peopleOf(council);
  const familyId = await app.get(UnitOfWork).read(caseworker, (tx) => familyByReference(tx, told.family));
  const { need, childNeed, items, emergencyReason = null, conflictWords = '' } = told;
  const answers = {
    need,
    childNeed,
    items,
    emergencyReason,
    identitySeen: 'Passport of the mother',
    conflict: conflictWords ? 'yes' : 'no',
    conflictWords,
  } as const;
  const { applicationId } = await app.get(WriteApplication).start(caseworker, familyId, { fundCode: FUND, ...answers });
  if (told.stage === 'draft') return applicationId;
  await app.get(PutForward).submit(caseworker, applicationId);
  if (told.stage === 'submitted') return applicationId;
  const words = 'A small sum now costs less than what follows without it.';
  const { fingerprint } = await app.get(PutForward).recommend(caseworker, applicationId, words);
  if (told.stage === 'recommended') return applicationId;
  const decision = { outcome: told.stage, fingerprint, reason: told.reason ?? '' };
  const interest = { declared: 'none', about: '' } as const;
  const besides = told.stage === 'declined' ? await whyNot(app, council) : {};
  await app.get(DecideApplication).run(manager, applicationId, { ...decision, ...besides, interest });
  return applicationId;
}

/** What the family that is refused is told besides: what would change it, and who else helps. */
async function whyNot(
  app: INestApplicationContext,
  council: DemoCouncil,
): Promise<{ wouldChange: string; signposts: string[] }> {
  const shop = {
    ...{
      name: 'Northshire Uniform Exchange',
      does: 'Gives school uniforms that others have grown out of',
      phone: '01632 960404',
    },
    ...{ web: null, area: 'Northshire', needs: ['school', 'clothing'] },
  };
  const { manager } = peopleOf(council);
  const { signpostId } = await app.get(KeepSignposts).add(manager, shop);
  const advice = (await app.get(UnitOfWork).read(manager, (tx) => signpostList(tx))).find(({ needs }) =>
    needs.includes('any'),
  );
  const wouldChange = 'A note from the school that it has no uniform of his size.';
  return { wouldChange, signposts: [signpostId, ...(advice ? [advice.id] : [])] };
}

/** Has the family ask for a review over the telephone; Casey passes it on. */
async function askForReview(app: INestApplicationContext, council: DemoCouncil, applicationId: string): Promise<void> {
  const { caseworker } = peopleOf(council);
  const written = { words: 'The school has none left in his size. They wrote it down for us.' };
  const { reviewId } = await app.get(AskForReview).byWorker(caseworker, applicationId, written);
  await app.get(AskForReview).passOn(caseworker, reviewId, 'The note of the school is in the file.');
}

async function count(app: INestApplicationContext, council: DemoCouncil): Promise<GrantsCounted> {
  const { caseworker } = peopleOf(council);
  const all = await app.get(UnitOfWork).read(caseworker, (tx) => applicationsListed(tx, { limit: 1000 }));
  const inState = (state: string): number => all.filter((each) => each.state === state).length;
  return { applied: all.length, awarded: inState('awarded'), declined: inState('declined') };
}
