import { Money } from '../../kernel/index.ts';
import { postedLines } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Explanation } from '../domain/explanation.ts';
import { addsUp } from '../domain/price-plan.ts';

const LINES_AT_ONCE = 5000;

/** Recomputes every posted payment from its own explanation, for an auditor. @returns one sentence a fault */
export async function verifyLines(tx: Transaction): Promise<{ checked: number; faults: string[] }> {
  const faults: string[] = [];
  let checked = 0;
  for (let after = '0'; ;) {
    const lines = await postedLines<Explanation>(tx, after, LINES_AT_ONCE);
    for (const line of lines)
      if (!addsUp(line.explanation, Money.gbp(line.amount)))
        faults.push(`payment ${line.id} does not add up from its explanation`);
    checked += lines.length;
    if (lines.length < LINES_AT_ONCE) return { checked, faults };
    after = lines.at(-1)?.id as string;
  }
}
