import { Money, type PlainDate } from '../../kernel/index.ts';
import { postedLines } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { RateTable } from '../domain/entitlement/entitlement.ts';
import type { Explanation } from '../domain/explanation.ts';
import { addsUp } from '../domain/price-plan.ts';
import { keptAmounts } from '../store/fall.store.ts';
import { rateTables } from '../store/rate.store.ts';

const LINES_AT_ONCE = 5000;

interface Line {
  readonly id: string;
  readonly amount: string;
  readonly coversFrom: PlainDate;
  readonly coversTo: PlainDate;
  readonly explanation: Explanation;
}

/** Recomputes every posted payment from its own explanation and the rates, for an auditor. @returns one sentence a fault */
export async function verifyLines(tx: Transaction): Promise<{ checked: number; faults: string[] }> {
  const faults: string[] = [];
  const rates = weeklyByVersion(await rateTables(tx));
  for (const [basis, weekly] of await keptAmounts(tx)) rates.set(basis, weekly);
  let checked = 0;
  for (let after = '0'; ;) {
    const lines = await postedLines<Explanation>(tx, after, LINES_AT_ONCE);
    for (const line of lines) faults.push(...faultsOf(line, rates));
    checked += lines.length;
    if (lines.length < LINES_AT_ONCE) return { checked, faults };
    after = lines.at(-1)?.id as string;
  }
}

function faultsOf(
  { id, amount, coversFrom, coversTo, explanation }: Line,
  rates: ReadonlyMap<string, string>,
): string[] {
  const faults: string[] = [];
  if (!addsUp(explanation, Money.gbp(amount))) faults.push(`payment ${id} does not add up from its explanation`);
  if (explanation.from !== coversFrom || explanation.to !== coversTo)
    faults.push(`payment ${id} covers other days than its explanation`);
  const odd = explanation.lines.find(
    ({ component, basis, weekly }) =>
      component !== 'top-up' && component !== 'override' && rates.get(`${component} ${basis}`) !== weekly,
  );
  if (odd)
    faults.push(
      `payment ${id} rests on the rate "${odd.component} ${odd.basis}" at ${odd.weekly}, which is not on record`,
    );
  return faults;
}

function weeklyByVersion(tables: ReadonlyMap<string, RateTable>): Map<string, string> {
  const rates = [...tables.values()].flatMap((table) => [...table.values()].flat());
  return new Map(
    rates.map((rate) => [`${rate.component} ${rate.version}`, Money.fromPence(rate.weeklyPence).toString()]),
  );
}
