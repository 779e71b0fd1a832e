import { addDays, type PlainDate, plainDate } from '../../../kernel/index.ts';
import { standsOn } from '../../../ledger/index.ts';
import type { Transaction } from '../../../platform/index.ts';
import { gapsUpTo } from './exceptions.view.ts';
import { threeWayProof } from './three-way.view.ts';

/** One thing that must be so before a month is closed. */
export interface ChecklistItem {
  readonly key:
    'over' | 'statements' | 'gaps' | 'unmatched' | 'write-offs' | 'suspense' | 'returns' | 'unknown' | 'proof';
  readonly text: string;
  readonly isDone: boolean;
  readonly found: string;
  /** Where to do it. */
  readonly href: string;
}

/** The last day of the month that begins on a day. */
export function lastDayOf(month: PlainDate): PlainDate {
  return addDays(plainDate(`${addDays(month, 31).slice(0, 7)}-01`), -1);
}

interface Counts {
  readonly accounts: number;
  readonly reached: number;
  readonly files: number;
  readonly unmatched: number;
  readonly open: string;
  readonly writeOffs: number;
  readonly returns: number;
  readonly unknown: number;
}

/** Says what is done and what is not before a month can be closed. @param month its first day */
export async function monthChecklist(tx: Transaction, month: PlainDate): Promise<ChecklistItem[]> {
  const last = lastDayOf(month);
  const found = await countsUpTo(tx, last);
  const [gaps, suspense, proof] = [
    await gapsUpTo(tx, last),
    await standsOn(tx, 'suspense', last),
    await threeWayProof(tx),
  ];
  const item = (
    key: ChecklistItem['key'],
    text: string,
    isDone: boolean,
    what: string,
    href: string,
  ): ChecklistItem => ({
    ...{ key, text, isDone, found: what, href },
  });
  const none = (n: number): string => (n === 0 ? 'None' : String(n));
  const list = '/reconciliation';
  return [
    item('over', 'The month is over', tx.today > last, tx.today > last ? 'Yes' : 'No', list),
    ...[
      item(
        ...(['statements', 'Statements reach the end of the month'] as const),
        ...([
          found.accounts > 0 ? found.reached === found.accounts : found.files === 0,
          statementsFound(found),
          list,
        ] as const),
      ),
    ],
    item('gaps', 'No statement is missing', gaps === 0, none(gaps), '/reconciliation/exceptions'),
    item(
      'unmatched',
      'Every line is matched or written off',
      found.unmatched === 0,
      none(found.unmatched),
      '/reconciliation/to-match',
    ),
    item(
      'write-offs',
      'No write-off waits for a second person',
      found.writeOffs === 0,
      none(found.writeOffs),
      '/reconciliation/write-offs',
    ),
    item('returns', 'Every return is dealt with', found.returns === 0, none(found.returns), list),
    item('unknown', 'The end of every file is known', found.unknown === 0, none(found.unknown), list),
    item('suspense', 'Nothing is in suspense', suspense === '0.00', suspense, '/ledger?kind=suspense'),
    item(
      'proof',
      'Ledger, files and statements tie',
      proof.isTied,
      proof.isTied ? 'Yes' : 'No',
      '/reconciliation/proof',
    ),
  ];
}

function statementsFound({ accounts, reached, files }: Counts): string {
  if (accounts > 0) return `${reached} of ${accounts} account${accounts === 1 ? '' : 's'}`;
  return files === 0 ? 'Nothing was sent' : 'No statement yet';
}

function countsUpTo(tx: Transaction, last: PlainDate): Promise<Counts> {
  return tx.one(
    `select
       (select count(distinct account)::int from payments.bank_statement) as accounts,
       (select count(distinct account)::int from payments.bank_statement where to_day >= $1) as reached,
       (select count(*)::int from payments.expected_on_bank where day_due <= $1) as files,
       l.n as unmatched, l.open, w.n as "writeOffs", b.returns, b.unknown
      from (select count(*)::int as n, coalesce(sum(l.amount - coalesce(c.amount, 0)), 0)::numeric(16,2)::text as open
              from payments.statement_line l
              left join (select line_id, sum(amount) as amount from payments.bank_claim group by 1) c on c.line_id = l.id
             where l.booked_on <= $1 and l.amount <> coalesce(c.amount, 0)) l,
           (select count(*)::int as n from payments.write_off w join payments.statement_line l on l.id = w.line_id
             where w.state = 'open' and l.booked_on <= $1) w,
           (select count(*) filter (where kind = 'return')::int as returns, count(*) filter (where kind <> 'return')::int as unknown
              from payments.open_bank_business where since <= $1) b`,
    [last],
  );
}
