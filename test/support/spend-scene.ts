import { AddFund } from '../../src/funds/index.ts';
import { AddBudget } from '../../src/funds/index.ts';
import { Money, operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { child, familyRows, takeIn } from './caseload.ts';
import { completeRun } from './complete-run.ts';
import type { TestCouncil } from './test-council.ts';
import type { TestHouse } from './test-house.ts';

/** A transfer as the ledger's own table has it, with what it can be divided by, read without any view. */
export interface RawTransfer {
  readonly document: string;
  readonly amount: string;
  readonly month: string;
  readonly day: string;
  readonly fund: string;
  readonly category: string;
  readonly family: string;
  readonly team: string | null;
  readonly ward: string | null;
  readonly standard: string | null;
  readonly days: number;
}

const WEEKS = ['2026-11-26', '2026-12-03', '2026-12-10', '2026-12-17'];

/**
 * Sets a scene to count: two funds, three teams, four wards, two standards, families without either, three runs sent over
 * two months, a fourth approved; and another council that spends too.
 */
export async function spendScene(house: TestHouse): Promise<void> {
  const { app, council, other } = house;
  await secondFund(house);
  await takeIn(app, council, variedFamilies());
  await takeIn(app, other, [
    ...familyRows('THEIRS-1', { ward: 'Quay' }),
    ...familyRows('THEIRS-2', {}, child('2020-01-01')),
  ]);
  for (const [index, payDate] of WEEKS.entries()) {
    house.setToday(addWeeks(index));
    await completeRun(app, council, payDate, index === WEEKS.length - 1 ? 'approved' : 'exported');
    if (index === 0) await completeRun(app, other, payDate);
  }
}

/** The day each run is worked on: the Monday of the week before its pay date. */
function addWeeks(weeks: number): PlainDate {
  return new Date(Date.UTC(2026, 10, 16 + 7 * weeks)).toISOString().slice(0, 10) as PlainDate;
}

async function secondFund({ app, council }: TestHouse): Promise<void> {
  const operator = operatorOf(council.id);
  await app.get(AddFund).run(operator, { code: 'winter', name: 'Winter hardship fund', pays: ['section-17', 'grant'] });
  const budget = { financialYear: '2026-27', amount: Money.gbp('20000.00'), reason: 'Cabinet' };
  await app.get(AddBudget).run(operator, { ...budget, fundCode: 'winter' });
}

function variedFamilies() {
  const wards = ['Quay', 'St Mary’s, North', 'Old "Mill"', ''];
  const teams = ['Children in need', 'Early help', ''];
  return Array.from({ length: 19 }, (_, n) =>
    familyRows(
      `V-${String(n + 1).padStart(2, '0')}`,
      {
        ...{
          ward: wards[n % wards.length] ?? '',
          team: teams[n % teams.length] ?? '',
          fund: n % 5 === 0 ? 'winter' : '',
        },
        ...(n % 6 === 0 ? { standard: 'welfare' } : {}),
        // Payments over £500: to five families of the usual fund, and to two of the other.
        ...(n % 3 === 0 ? { weekly_top_up: `${500 + n}.0${n % 10}`, top_up_reason: 'Needs assessed' } : {}),
        ...(n % 7 === 0 ? { frequency: 'fortnightly' } : {}),
      },
      ...(n % 2 === 0 ? [child('2021-06-03')] : []),
    ),
  ).flat();
}

/** Reads every payment's transfer from the raw tables, as the superuser: no view, no sum of Mainstay's own is used. */
export async function rawTransfers({ superuser }: TestHouse, council: TestCouncil): Promise<RawTransfer[]> {
  const { rows } = await superuser.query<RawTransfer>(
    `select t.document_id::text as document, t.amount::text as amount, t.effective_date::text as day, left(t.effective_date::text, 7) as month,
            (select a.fund_id::text from ledger.account a where a.id = t.debit_account) as fund,
            (select r.kind from payments.run r where r.id = t.run_id) as category, f.id::text as family, f.team, f.ward,
            (select p.standard from subsistence.plan p where p.id = l.source_id) as standard, l.covers_to - l.covers_from as days
       from ledger.transfer t, payments.line l, families.family f
      where t.kind = 4 and t.authority_id = $1 and l.id = t.document_id and f.id = l.family_id`,
    [council.id],
  );
  return rows;
}

/** Adds up pence as whole numbers: another way than the one under test. */
export function penceOf(transfers: readonly Pick<RawTransfer, 'amount'>[]): bigint {
  return transfers.reduce((sum, { amount }) => sum + BigInt(amount.replace('.', '')), 0n);
}

/** Writes pence as decimal text. */
export function written(pence: bigint): string {
  return `${pence / 100n}.${String(pence % 100n).padStart(2, '0')}`;
}
