import type { PlainDate } from '../../src/kernel/index.ts';
import { ImportFamilies } from '../../src/subsistence/index.ts';
import { ChangeMembers, ProposeBankDetails } from '../../src/families/index.ts';
import { HoldLines } from '../../src/payments/index.ts';
import { Clock } from '../../src/platform/index.ts';
import { child, familyRows, FIRST_PAY_DATE, takeIn } from './caseload.ts';
import { whatPeopleBegan } from './begun-scene.ts';
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
  /** A change of a plan that waits for a manager. */
  readonly waitingPlanChange: { readonly id: string; readonly planId: string };
  /** A plan with top-ups that somebody is about to change. */
  readonly changedPlan: string;
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
  const pricedRun = await completeRun(app, council, THIRD_PAY_DATE, 'priced');
  const held = await lineOf(house, pricedRun, family['P-HELD']);
  const why = { lineIds: [held], category: 'contact-lost', reason: 'Moved away; nobody answers' };
  await app.get(HoldLines).hold(council.actors.finance, pricedRun, why);
  const [waitingPlan, planAboveLimit] = await proposedPlans(house);
  const begun = await whatPeopleBegan(house, family);
  return {
    ...{ house, family, exportedRun, pricedRun, waitingPlan, planAboveLimit, ...begun },
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
