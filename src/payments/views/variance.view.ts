import { type AmongFamilies, amongFamilies, referencesOf } from '../../families/index.ts';
import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { readRun } from '../store/run.store.ts';
import { type VarianceKind, varianceKinds } from '../store/variance.store.ts';

/** What one kind of difference comes to in a run. */
export interface VarianceTotal {
  readonly payments: number;
  /** What these families were paid last, and what they are paid now. */
  readonly before: string;
  readonly now: string;
}

/** One family whose payment is not like its last one. */
export interface VarianceRow {
  readonly sourceId: string;
  readonly familyId: string;
  readonly family: string;
  readonly lineId: string | null;
  readonly kinds: readonly VarianceKind[];
  readonly before: string | null;
  readonly now: string | null;
  readonly difference: string;
  /** The family was paid before, and never to this account. */
  readonly isFirstToNewDetails: boolean;
}

/** Which differences are asked for, and from where on. */
export interface VarianceAsked {
  readonly kind?: VarianceKind;
  /** Only first payments to new details. */
  readonly firstToNewDetails?: boolean;
  /** The beginning of a family's reference. */
  readonly reference?: string;
  readonly sort?: 'family' | 'difference';
  /** The source of the last row of the page before. */
  readonly after?: string;
  readonly limit: number;
}

// What is held is not paid: it is an exception, not a change.
const IN_FORCE = `payments.variance v join payments.run r on r.id = v.run_id and r.pricing_round = v.round
  where v.run_id = $1 and not exists
    (select from payments.line h where h.run_id = v.run_id and h.status = 'held' and h.id = v.line_id)`;

/** Adds up, kind by kind, how a run differs from the last payments. A payment may be of two kinds. */
export async function varianceTotals(tx: Transaction, runId: string): Promise<Record<VarianceKind, VarianceTotal>> {
  const rows = await tx.query<{ kind: VarianceKind; n: number; before: string; now: string }>(
    `select kind, count(*)::int as n, coalesce(sum(before_amount), 0) as before, coalesce(sum(now_amount), 0) as now
       from (select unnest(v.kinds) as kind, v.before_amount, v.now_amount from ${IN_FORCE}) k group by 1`,
    [runId],
  );
  const totalOf = (kind: VarianceKind): VarianceTotal => {
    const row = rows.find((each) => each.kind === kind);
    return { payments: row?.n ?? 0, before: written(row?.before ?? '0'), now: written(row?.now ?? '0') };
  };
  return Object.fromEntries(varianceKinds.map((kind) => [kind, totalOf(kind)])) as Record<VarianceKind, VarianceTotal>;
}

/** Lists the families whose payment differs from their last one, a page at a time. @throws no_such_run */
export async function listVariance(tx: Transaction, runId: string, asked: VarianceAsked): Promise<VarianceRow[]> {
  await readRun(tx, runId);
  const narrowed: AmongFamilies = {
    ...{ reference: asked.reference, order: asked.sort === 'difference' ? 'amount' : 'family' },
    ...{ after: await placeOf(tx, runId, asked.after), limit: asked.limit },
  };
  const rows = await amongFamilies<Differing>(
    tx,
    { sql: DIFFERING, parameters: [runId, asked.kind ?? null, asked.firstToNewDetails ?? false] },
    narrowed,
  );
  const firsts = await firstAmong(
    tx,
    runId,
    rows.map((row) => row.id),
  );
  return rows.map(({ id, familyId, family, lineId, kinds, before, now }) => ({
    ...{ sourceId: id, familyId, family, lineId, kinds },
    ...{ before: before && written(before), now: now && written(now) },
    difference: Money.gbp(now ?? '0')
      .minus(Money.gbp(before ?? '0'))
      .toString(),
    isFirstToNewDetails: firsts.has(id),
  }));
}

interface Differing {
  readonly id: string;
  readonly familyId: string;
  readonly lineId: string | null;
  readonly kinds: VarianceKind[];
  readonly before: string | null;
  readonly now: string | null;
}

/** Only these can be: whose account is another than last time, and whose plan is new. */
const FIRST = `(v.kinds && '{new,payee}' and payments.is_first_to_new_details(v))`;

/** Counts the payments of a run that are the first to an account of a family that was paid before. */
export async function firstToNewDetails(tx: Transaction, runId: string): Promise<number> {
  const { n } = await tx.one<{ n: number }>(
    `select count(*)::int as n from ${IN_FORCE} and exists (select from payments.payment_order) and ${FIRST}`,
    [runId],
  );
  return n;
}

async function firstAmong(tx: Transaction, runId: string, sourceIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select v.source_id as id from ${IN_FORCE} and v.source_id = any ($2::bigint[]) and ${FIRST}`,
    [runId, sourceIds],
  );
  return new Set(rows.map((row) => row.id));
}

const DIFFERING = `select v.source_id as id, v.family_id, v.family_id as "familyId", v.line_id as "lineId", v.kinds,
    v.before_amount as before, v.now_amount as now, abs(coalesce(v.now_amount, 0) - coalesce(v.before_amount, 0)) as amount
  from ${IN_FORCE} and ($2::text is null or $2 = any (v.kinds)) and (not $3 or ${FIRST})`;

/** Finds where the page before ended. */
async function placeOf(tx: Transaction, runId: string, sourceId?: string): Promise<AmongFamilies['after']> {
  const row =
    sourceId &&
    (await tx.maybe<{ id: string; familyId: string; amount: string }>(
      `select * from (${DIFFERING}) d where d.id = $4`,
      [runId, null, false, sourceId],
    ));
  if (!row) return undefined;
  const references = await referencesOf(tx, [row.familyId]);
  return { id: row.id, amount: row.amount, family: references.get(row.familyId) ?? '' };
}

function written(amount: string): string {
  return Money.gbp(amount).toString();
}
