import type { PlainDate } from '../../src/kernel/index.ts';
import { ImportFamilies } from '../../src/subsistence/index.ts';
import { AssignFamily, ChangeMembers, ExpectBaby, ProposeBankDetails, WriteNote } from '../../src/families/index.ts';
import { HoldLines } from '../../src/payments/index.ts';
import { Clock, Drafts } from '../../src/platform/index.ts';
import { child, familyRows, FIRST_PAY_DATE, takeIn } from './caseload.ts';
import { completeRun } from './complete-run.ts';
import { familyFileOf, type RowOfFamilyFile } from './family-file-writer.ts';
import type { TestHouse } from './test-house.ts';

/** The personas among the families, by reference: the stories the pages tell. */
export const FAMILY_PERSONAS = [
  ...['P-PART-WEEK', 'P-BABY', 'P-ARREARS', 'P-OVERPAID', 'P-HELD', 'P-AT-LIMIT', 'P-WELFARE', 'P-NO-BANK'],
] as const;
export type FamilyPersona = (typeof FAMILY_PERSONAS)[number];

/** A council in the middle of its work: two runs sent, one priced, an overpayment to decide, changes waiting. */
export interface PageScene {
  readonly house: TestHouse;
  /** Numbers of the families, by persona. */
  readonly family: Readonly<Record<FamilyPersona, string>>;
  /** Numbers of the people who lead them. */
  readonly lead: Readonly<Record<FamilyPersona, string>>;
  /** A note on the family with the baby. */
  readonly note: string;
  /** The baby that family expects. */
  readonly expectedBaby: string;
  readonly exportedRun: string;
  /** A run with lines held and things to look at. */
  readonly pricedRun: string;
  /** A payment that was sent. */
  readonly paidLine: string;
  /** A plan that waits for a manager, within the limit. */
  readonly waitingPlan: string;
  /** A plan that waits for somebody with a higher limit. */
  readonly planAboveLimit: string;
  readonly waitingBankDetails: string;
  /** An overpayment nobody has decided about. */
  readonly overpayment: string;
}

const SECOND_PAY_DATE = '2026-12-03';
const THIRD_PAY_DATE = '2026-12-10';

/** Sets the scene: the personas taken in, two runs sent with changes written down late between them, the next run priced. */
export async function pageScene(house: TestHouse): Promise<PageScene> {
  const { app, council } = house;
  await takeIn(app, council, personaRows());
  const family = await familyNumbers(house);
  await completeRun(app, council, FIRST_PAY_DATE);
  house.setToday('2026-11-27' as PlainDate);
  await app.get(ChangeMembers).leave(council.actors.caseworker, await childOf(house, 'P-OVERPAID'), day('2026-11-28'));
  const exportedRun = await completeRun(app, council, SECOND_PAY_DATE);
  house.setToday('2026-12-04' as PlainDate);
  await writtenLate(house, family);
  const lookedAfterBy = await lookedAfter(house, family['P-BABY']);
  await halfFinished(house, family['P-HELD']);
  const pricedRun = await completeRun(app, council, THIRD_PAY_DATE, 'priced');
  const held = await lineOf(house, pricedRun, family['P-HELD']);
  const why = { lineIds: [held], category: 'contact-lost', reason: 'Moved away; nobody answers' };
  await app.get(HoldLines).hold(council.actors.finance, pricedRun, why);
  const [waitingPlan, planAboveLimit] = await proposedPlans(house);
  return {
    ...{
      house,
      family,
      lead: await leadNumbers(house),
      ...lookedAfterBy,
      exportedRun,
      pricedRun,
      waitingPlan,
      planAboveLimit,
    },
    paidLine: await lineOf(house, exportedRun, family['P-WELFARE']),
    waitingBankDetails: await numberOf(
      house,
      `select id from families.instrument where state = 'proposed' and family_id = $1`,
      [family['P-BABY']],
    ),
    overpayment: await numberOf(house, `select id from subsistence.overpayment where outcome is null limit 1`),
  };
}

const day = (text: string): PlainDate => text as PlainDate;

function personaRows(): RowOfFamilyFile[] {
  const where = { ward: 'Harbour', team: 'Early action', mobile: '07700 900123', address_line_1: '12 Example Road' };
  const post = { town: 'Northshire', postcode: 'NS1 1AA' };
  return [
    ...familyRows('P-PART-WEEK', { support_from: '2026-12-07', paid_up_to: '', ...where, ...post }),
    ...familyRows('P-BABY', { ...where, ...post, language: 'yo' }, child('2025-12-13'), child('2019-02-28')),
    ...familyRows('P-ARREARS', { contact: 'discreet' }, child('2021-06-01')),
    ...familyRows('P-OVERPAID', {}, child('2018-01-09')),
    ...familyRows('P-HELD', { contact: 'no' }),
    ...familyRows('P-AT-LIMIT', { weekly_top_up: '950.82', top_up_reason: 'Night care the hospital asked for' }),
    ...familyRows(
      'P-WELFARE',
      { standard: 'welfare', weekly_top_up: '12.50', top_up_reason: 'Travel to hospital each week' },
      child('2020-05-05', { weekly_top_up: '8.00', top_up_reason: 'School meals not free yet' }),
    ),
    ...familyRows('P-NO-BANK', { sort_code: '', account_number: '', account_name: '' }),
  ];
}

/** What people write down between two runs: a child who came earlier, a new account, families that wait for a decision. */
async function writtenLate(house: TestHouse, family: PageScene['family']): Promise<void> {
  const { app, council } = house;
  const joined = {
    relationship: 'child',
    name: 'Came in November',
    born: day('2024-02-01'),
    joinedOn: day('2026-11-29'),
  } as const;
  await app.get(ChangeMembers).add(council.actors.caseworker, family['P-ARREARS'], joined);
  const account = { sortCode: '000014', accountNumber: '87654321', accountName: 'Lead P-BABY' };
  await app.get(ProposeBankDetails).run(council.actors.caseworker, family['P-BABY'], account);
  const start = { paid_up_to: '', support_from: '2026-12-03' };
  const rows = [
    ...familyRows('P-WAITING', start, child('2022-02-02')),
    ...familyRows('P-ABOVE-LIMIT', { ...start, weekly_top_up: '1200.00', top_up_reason: 'Specialist equipment hire' }),
  ];
  await app.get(ImportFamilies).run(council.actors.caseworker, familyFileOf(rows), app.get(Clock).today());
}

/** A family with somebody who looks after it, a baby on its way and notes. */
async function lookedAfter(
  { app, council }: TestHouse,
  family: string,
): Promise<Pick<PageScene, 'note' | 'expectedBaby'>> {
  const { caseworker } = council.actors;
  await app.get(AssignFamily).run(caseworker, family, {
    ...{ ownerId: council.userIds.caseworker, team: 'Early action', reason: 'Knows the family', version: 1 },
  });
  const { memberId: expectedBaby } = await app.get(ExpectBaby).run(caseworker, family, day('2027-02-20'));
  const text = 'The school is told.\nMorning calls only.';
  const first = await app.get(WriteNote).run(caseworker, family, { text, corrects: null });
  const right = { text: 'Afternoon calls only.', corrects: first.noteId };
  const { noteId: note } = await app.get(WriteNote).run(caseworker, family, right);
  return { note, expectedBaby };
}

/** What a caseworker has typed and not finished: a new family, and bank details. */
async function halfFinished({ app, council }: TestHouse, family: string): Promise<void> {
  const drafts = app.get(Drafts);
  const { caseworker } = council.actors;
  const answers = {
    ...{ reference: { reference: 'P-NEW' }, people: { go: 'done' }, contact: { contact: 'discreet', language: 'sq' } },
    ...{ lead: { name: 'Arta New', 'born-day': '4', 'born-month': '5', 'born-year': '1992' } },
    ...{ address: { line1: '3 Example Road', town: 'Northshire', postcode: 'NS1 1AA', ward: 'Harbour' } },
    ...{ team: { ownerId: council.userIds.caseworker, team: 'Early action' }, 'bank-details': { skip: 'yes' } },
  };
  const born = { 'born-day': '1', 'born-month': '6', 'born-year': '2021' };
  await drafts.keep(caseworker, 'families/new', {
    answers,
    people: [{ relationship: 'child', name: 'Besa New', ...born }],
  });
  const details = { sortCode: '000014', accountNumber: '87654322', accountName: 'Lead P-HELD' };
  await drafts.keep(caseworker, `families/${family}/bank-details`, details);
}

async function leadNumbers({ superuser, council }: TestHouse): Promise<Record<FamilyPersona, string>> {
  const { rows } = await superuser.query<{ id: string; reference: FamilyPersona }>(
    `select m.id, f.reference from families.family f join families.member m on m.family_id = f.id and m.relationship = 'lead'
      where f.authority_id = $1`,
    [council.id],
  );
  return Object.fromEntries(rows.map(({ id, reference }) => [reference, id])) as Record<FamilyPersona, string>;
}

async function familyNumbers({ superuser, council }: TestHouse): Promise<Record<FamilyPersona, string>> {
  const { rows } = await superuser.query<{ id: string; reference: FamilyPersona }>(
    `select id, reference from families.family where authority_id = $1`,
    [council.id],
  );
  return Object.fromEntries(rows.map(({ id, reference }) => [reference, id])) as Record<FamilyPersona, string>;
}

async function proposedPlans({ superuser, council }: TestHouse): Promise<[string, string]> {
  const { rows } = await superuser.query<{ id: string }>(
    `select id from subsistence.plan where state = 'proposed' and authority_id = $1 order by id`,
    [council.id],
  );
  return [rows[0]?.id ?? '', rows[1]?.id ?? ''];
}

function childOf(house: TestHouse, reference: FamilyPersona): Promise<string> {
  const sql = `select m.id from families.member m join families.family f on f.id = m.family_id
    where f.reference = $1 and m.relationship = 'child' and f.authority_id = $2`;
  return numberOf(house, sql, [reference, house.council.id]);
}

function lineOf(house: TestHouse, runId: string, familyId: string): Promise<string> {
  const sql = `select id from payments.line where run_id = $1 and family_id = $2 and status <> 'void'`;
  return numberOf(house, sql, [runId, familyId]);
}

async function numberOf({ superuser }: TestHouse, sql: string, values: readonly unknown[] = []): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(sql, [...values]);
  if (!rows[0]) throw new Error(`nothing in the scene for: ${sql}`);
  return rows[0].id;
}
