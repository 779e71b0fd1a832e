import { fundPositions } from '../../funds/index.ts';
import { referencesOf } from '../../families/index.ts';
import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { fundTotals, runContent } from '../store/line.store.ts';
import { readRun } from '../store/run.store.ts';

/** How a line differs from the last one paid for the same source. */
export type Change = 'new' | 'stopped' | 'amount' | 'payee';

/** One family whose payment is not like its last one. */
export interface Variance {
  readonly family: string;
  readonly lineId: string | null;
  readonly changes: readonly Change[];
  readonly before: string | null;
  readonly now: string | null;
}

/** Everything a finance officer looks at before sending a run for approval. */
export interface Preview {
  readonly payments: number;
  readonly held: number;
  readonly total: string;
  readonly fingerprint: string;
  readonly funds: readonly { code: string; needed: string; available: string; isEnough: boolean }[];
  readonly exceptions: readonly { code: string; lines: number }[];
  readonly changes: Readonly<Record<Change, number>>;
  readonly variance: readonly Variance[];
}

const COMPARED = `
  select l.id as line_id, l.family_id, l.amount as now, last.amount as before,
         array_remove(array[case when last.id is null then 'new' end,
           case when last.amount <> l.amount then 'amount' end,
           case when last.instrument_id <> l.instrument_id then 'payee' end], null) as changes
    from payments.line l
    left join lateral (select p.id, p.amount, p.instrument_id from payments.line p join payments.run r on r.id = p.run_id
                        where p.source_id = l.source_id and p.status = 'payable' and r.state in ('posted', 'exported')
                          and p.covers_from < l.covers_from
                        order by p.covers_from desc limit 1) last on true
   where l.run_id = $1 and l.status = 'payable'
  union all
  select null, p.family_id, null, p.amount, array['stopped']
    from payments.run this join payments.run r on r.authority_id = this.authority_id and r.kind = this.kind
         and r.state in ('posted', 'exported') and r.pay_date between this.pay_date - 28 and this.pay_date - 7
         and extract(isodow from r.pay_date) = extract(isodow from this.pay_date)
    join payments.line p on p.run_id = r.id and p.status = 'payable' and p.covers_to <= this.pay_date
   where this.id = $1
     -- Named once: by the first run after the one that paid the last days.
     and p.covers_to > coalesce((select max(q.pay_date) from payments.run q
           where q.authority_id = this.authority_id and q.kind = this.kind and q.state in ('posted', 'exported')
             and q.pay_date < this.pay_date and extract(isodow from q.pay_date) = extract(isodow from this.pay_date)),
           this.pay_date - 7)
     and not exists (select from payments.line n where n.source_id = p.source_id and n.status = 'payable' and n.covers_from >= p.covers_to)`;

/** Shows what a run would pay and what changed since each family's last payment. @param limit how many changed families to list */
export async function previewRun(tx: Transaction, runId: string, limit = 200): Promise<Preview> {
  await readRun(tx, runId);
  const content = await runContent(tx, runId);
  const exceptions = await tx.query<{ code: string; lines: number }>(
    `select hold_code as code, count(*)::int as lines from payments.line where run_id = $1 and status = 'held' group by 1 order by 2 desc, 1`,
    [runId],
  );
  return {
    ...{ payments: content.n, held: content.held, total: content.total.toString() },
    fingerprint: content.fingerprint.toString('hex'),
    funds: await fundCheck(tx, runId),
    exceptions,
    changes: await countChanges(tx, runId),
    variance: await listVariance(tx, runId, limit),
  };
}

async function fundCheck(tx: Transaction, runId: string): Promise<Preview['funds']> {
  const positions = await fundPositions(tx);
  return (await fundTotals(tx, runId)).map(({ fundId, amount }) => {
    const fund = positions.find((each) => each.id === fundId);
    const available = fund?.available ?? Money.zero;
    return {
      ...{ code: fund?.code ?? '', needed: amount.toString(), available: available.toString() },
      isEnough: available.compare(amount) >= 0,
    };
  });
}

async function countChanges(tx: Transaction, runId: string): Promise<Record<Change, number>> {
  const rows = await tx.query<{ change: Change; n: number }>(
    `select unnest(changes) as change, count(*)::int as n from (${COMPARED}) c group by 1`,
    [runId],
  );
  const counts = { new: 0, stopped: 0, amount: 0, payee: 0 };
  for (const row of rows) counts[row.change] = row.n;
  return counts;
}

async function listVariance(tx: Transaction, runId: string, limit: number): Promise<Variance[]> {
  const rows = await tx.query<{
    line_id: string | null;
    family_id: string;
    changes: Change[];
    before: string | null;
    now: string | null;
  }>(`select * from (${COMPARED}) c where cardinality(changes) > 0 order by line_id nulls last limit $2`, [
    runId,
    limit,
  ]);
  const references = await referencesOf(
    tx,
    rows.map((row) => row.family_id),
  );
  const pounds = (amount: string | null): string | null => (amount === null ? null : Money.gbp(amount).toString());
  return rows.map((row) => ({
    ...{ family: references.get(row.family_id) ?? '', lineId: row.line_id, changes: row.changes },
    ...{ before: pounds(row.before), now: pounds(row.now) },
  }));
}
