import { Money } from '../../kernel/index.ts';
import { worth } from './entitlement/entitlement.ts';
import type { EntitlementLine } from './entitlement/facts.ts';
import { exactPounds } from './entitlement/payment-of.ts';
import type { BackDated, Explanation } from './explanation.ts';

/**
 * Finds, component by component and person by person, what days already paid are worth now against what they were
 * worth when they were paid. Nothing is set off: what went up is paid, what went down is an overpayment a person decides.
 */
export function backDatedChanges(now: readonly EntitlementLine[], paid: readonly Explanation[]): BackDated[] {
  const sums = new Map<string, bigint>();
  const add = (component: string, memberId: string | null, sevenths: bigint): void => {
    const key = `${component}|${memberId ?? ''}`;
    sums.set(key, (sums.get(key) ?? 0n) + sevenths);
  };
  for (const line of now) add(line.component, line.memberId, worth(line));
  for (const explanation of paid) {
    for (const line of explanation.lines)
      add(line.component, line.memberId, -worth({ days: line.days, weeklyPence: Money.gbp(line.weekly).toPence() }));
    for (const change of explanation.backDated) add(change.component, change.memberId, -BigInt(change.sevenths));
  }
  return [...sums].filter(([, sevenths]) => sevenths !== 0n).map(([key, sevenths]) => backDated(key, sevenths));
}

function backDated(key: string, sevenths: bigint): BackDated {
  const [component, memberId] = key.split('|') as [BackDated['component'], string];
  return { component, memberId: memberId || null, sevenths: sevenths.toString(), amount: exactPounds(sevenths) };
}

/** Sums what went up, and what went down (as a positive number), in sevenths of a penny. */
export function upAndDown(changes: readonly BackDated[]): { up: bigint; down: bigint } {
  let [up, down] = [0n, 0n];
  for (const { sevenths } of changes) {
    const exact = BigInt(sevenths);
    if (exact > 0n) up += exact;
    else down -= exact;
  }
  return { up, down };
}
