import { fundPositions } from '../../funds/index.ts';
import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { fundTotals } from '../store/run-content.store.ts';
import type { RunFacts } from '../store/run.store.ts';
import type { VarianceKind } from '../store/variance.store.ts';
import { varianceTotals, type VarianceTotal } from './variance.view.ts';

/** What a run takes from one fund. */
export interface FundNeeded {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly needed: string;
  /** What the fund has now, beside what is reserved. */
  readonly available: string;
  /** What it has once this run is paid; below nought where it is not enough. */
  readonly after: string;
  readonly isEnough: boolean;
}

/** What people look at before they send, approve or post a run. */
export interface RunFigures {
  readonly funds: readonly FundNeeded[];
  readonly exceptions: readonly { code: string; lines: number }[];
  readonly changes: Readonly<Record<VarianceKind, VarianceTotal>>;
}

/** Adds up a run for whoever decides about it: funds, what is held and why, what changed. */
export async function runFigures(tx: Transaction, run: RunFacts): Promise<RunFigures> {
  const exceptions = await tx.query<{ code: string; lines: number }>(
    `select hold_code as code, count(*)::int as lines from payments.line
      where run_id = $1 and status = 'held' group by 1 order by 2 desc, 1`,
    [run.id],
  );
  return { funds: await fundsNeeded(tx, run), exceptions, changes: await varianceTotals(tx, run.id) };
}

const RESERVED: readonly string[] = ['approved', 'releasing', 'posted', 'exported'];

async function fundsNeeded(tx: Transaction, run: RunFacts): Promise<FundNeeded[]> {
  const positions = await fundPositions(tx);
  // An award reserved its instalments when it was approved.
  const isReserved = (run.kind !== 'section-17' && run.kind !== 'put-right') || RESERVED.includes(run.state);
  const totals = run.byFund?.map(({ fundId, amount }) => ({ fundId, amount: Money.gbp(amount) }));
  return (totals ?? (await fundTotals(tx, run.id))).map(({ fundId: id, amount }) => {
    const fund = positions.find((each) => each.id === id);
    const available = fund?.available ?? Money.zero;
    const after = isReserved ? available : available.minus(amount);
    return {
      ...{ id, code: fund?.code ?? '', name: fund?.name ?? '', needed: amount.toString() },
      ...{ available: available.toString(), after: after.toString(), isEnough: !after.isNegative() },
    };
  });
}
