import { addDays, defineProblem, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { JournalPlace } from '../domain/journal-place.ts';
import { type TransferKind, transferKinds } from '../domain/transfer-kinds.ts';

/** Tells an auditor that the ledger has no such transfer. */
export const noSuchTransfer = defineProblem('no_such_transfer', {
  status: 404,
  title: 'There is no such transfer',
  whatToDo: 'Look for it in the journal by its day, fund or run.',
});

/** One side of a transfer as a journal shows it. */
export interface JournalSide {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly fundId: string | null;
}

/** A transfer as a journal shows it; the amount is decimal text. */
export interface JournalRow {
  readonly document: string;
  readonly kind: TransferKind;
  readonly leg: number;
  readonly runId: string | null;
  readonly day: PlainDate;
  readonly postedAt: Date;
  readonly amount: string;
  readonly debit: JournalSide;
  readonly credit: JournalSide;
}

/** What a journal is narrowed to; nothing given, it is all of it. */
export interface JournalFilter {
  readonly kind?: TransferKind;
  readonly accountIds?: readonly string[];
  readonly from?: PlainDate;
  readonly to?: PlainDate;
  readonly runId?: string;
  /** Documents of that run besides its payments: its reservations. */
  readonly runDocuments?: readonly string[];
}

const ROW = `t.document_id as document, k.name as kind, t.leg, t.run_id as "runId", t.effective_date as day, t.posted_at as "postedAt",
  t.amount::numeric(14,2)::text as amount,
  json_build_object('id', d.id::text, 'code', d.code, 'kind', d.kind, 'fundId', d.fund_id::text) as debit,
  json_build_object('id', c.id::text, 'code', c.code, 'kind', c.kind, 'fundId', c.fund_id::text) as credit`;
const SIDES = `join ledger.account d on d.id = t.debit_account join ledger.account c on c.id = t.credit_account
  join ledger.transfer_kind k on k.code = t.kind`;
const EVER: { from: PlainDate; to: PlainDate } = { from: '0001-01-01' as PlainDate, to: '9999-12-31' as PlainDate };

/**
 * Lists transfers, the newest day first, for whoever follows the money.
 *
 * The sums by day say which days can hold a page, so that a rare kind among millions of payments is found at once.
 */
export async function journal(
  tx: Transaction,
  filter: JournalFilter,
  after: JournalPlace | undefined,
  limit: number,
): Promise<JournalRow[]> {
  const earliest = filter.from ?? EVER.from;
  let to = after && after.day < (filter.to ?? EVER.to) ? after.day : (filter.to ?? EVER.to);
  if (filter.runId) return transfersOf(tx, filter, { from: earliest, to }, after, limit);
  const found: JournalRow[] = [];
  for (let sought = limit; found.length < limit; sought *= 4) {
    const from = await daysThatHold(tx, filter, { from: earliest, to }, sought);
    if (from === null) break;
    found.push(...(await transfersOf(tx, filter, { from, to }, after, limit - found.length)));
    to = addDays(from, -1);
  }
  return found;
}

/** Finds one transfer. @throws no_such_transfer */
export async function transferDetail(
  tx: Transaction,
  { document, kind, leg }: { document: string; kind: string; leg: number },
): Promise<JournalRow> {
  const row = await tx.maybe<JournalRow>(
    `select ${ROW} from ledger.transfer t ${SIDES} where t.document_id = $1 and k.name = $2 and t.leg = $3`,
    [document, kind, leg],
  );
  if (!row) throw noSuchTransfer('No transfer of this council has that document, kind and leg.');
  return row;
}

/** Gives the first of the latest days that may hold so many transfers of the filter; nothing when none may. */
async function daysThatHold(
  tx: Transaction,
  { kind, accountIds }: JournalFilter,
  { from, to }: { from: PlainDate; to: PlainDate },
  sought: number,
): Promise<PlainDate | null> {
  const { day } = await tx.one<{ day: PlainDate | null }>(
    `select min(day) as day from (
       select day, n, sum(n) over (order by day desc) as so_far from (
         select r.day, coalesce(least(sum(r.n) filter (where a.kind = k.debit_kind), sum(r.n) filter (where a.kind = k.credit_kind),
                  sum(r.n) filter (where a.id = any ($4::int[]))), ceil(sum(r.n) / 2)) as n
           from ledger.day_rollup r join ledger.account a on a.id = r.account_id left join ledger.transfer_kind k on k.code = $3
          where r.day between $1 and $2 group by r.day
         having ($3::int is null or (bool_or(a.kind = k.debit_kind) and bool_or(a.kind = k.credit_kind)))
            and ($4::int[] is null or bool_or(a.id = any ($4::int[])))) by_day) counted
      where so_far - n < $5`,
    [from, to, kind ? transferKinds[kind] : null, accountIds ?? null, sought],
  );
  return day;
}

function transfersOf(
  tx: Transaction,
  { kind, accountIds, runId, runDocuments }: JournalFilter,
  { from, to }: { from: PlainDate; to: PlainDate },
  after: JournalPlace | undefined,
  limit: number,
): Promise<JournalRow[]> {
  const conditions = ['effective_date between $1 and $2'];
  const values: unknown[] = [from, to];
  const given = (...next: unknown[]): string[] => next.map((value) => `$${values.push(value)}`);
  if (kind) conditions.push(`kind = ${given(transferKinds[kind])[0]}`);
  if (accountIds) {
    const [of] = given(accountIds);
    conditions.push(`(debit_account = any (${of}::int[]) or credit_account = any (${of}::int[]))`);
  }
  if (runId) {
    const [run, documents] = given(runId, runDocuments ?? []);
    conditions.push(`(run_id = ${run} or document_id = any (${documents}::bigint[]))`);
  }
  if (after) {
    const place = given(after.day, after.document, transferKinds[after.kind], after.leg);
    conditions.push(`(effective_date, document_id, kind, leg) < (${place.join(', ')})`);
  }
  const order = 'effective_date desc, document_id desc, kind desc, leg desc';
  // The page first, then the names of its accounts.
  return tx.query(
    `select ${ROW} from (select * from ledger.transfer where ${conditions.join(' and ')} order by ${order} limit ${given(limit)[0]}) t
       ${SIDES} order by ${order.replaceAll(/(\w+) desc/g, 't.$1 desc')}`,
    values,
  );
}
