import { hash } from 'node:crypto';
import { Money } from '../../kernel/index.ts';
import { worth } from './entitlement/entitlement.ts';
import type { EntitlementLine } from './entitlement/facts.ts';
import { exactPounds } from './entitlement/payment-of.ts';
import type { BackDated, Posted } from './explanation.ts';

/** What an amount is about: a component, and whose. A pregnancy is the household's, whoever's row tells of it. */
interface Subject {
  readonly component: EntitlementLine['component'];
  readonly memberId: string | null;
  readonly topUpId?: string | null;
}

/** What was paid for one subject, and how much of that stands as an overpayment; sevenths of a penny. */
interface Standing {
  readonly subject: Subject;
  now: bigint;
  paid: bigint;
  overpaid: bigint;
}

/**
 * Finds, component by component and person by person, what days already paid are worth now against what was paid.
 *
 * Nothing is set off between subjects: what went up is paid, what went down is an overpayment a person decides. Within
 * one subject, what goes up first withdraws an overpayment recorded before: a correction undone pays nothing twice.
 */
export function backDatedChanges(now: readonly EntitlementLine[], posted: readonly Posted[]): BackDated[] {
  const standings = new Map<string, Standing>();
  const of = (subject: Subject): Standing => {
    const key = keyOf(subject);
    const known = standings.get(key) ?? { subject, now: 0n, paid: 0n, overpaid: 0n };
    standings.set(key, known);
    return known;
  };
  for (const line of now) of(line).now += worth(line);
  for (const { isPaid, explanation } of posted) {
    for (const line of isPaid ? explanation.lines : [])
      of(line).paid += worth({ days: line.days, weeklyPence: Money.gbp(line.weekly).toPence() });
    for (const change of explanation.backDated) {
      if (change.kind !== 'arrears') of(change).overpaid -= BigInt(change.sevenths);
      else if (isPaid) of(change).paid += BigInt(change.sevenths);
    }
  }
  return [...standings.values()].flatMap(changesOf);
}

function changesOf({ subject, now, paid, overpaid }: Standing): BackDated[] {
  const change = now - (paid - overpaid);
  if (change < 0n) return [backDated(subject, 'overpaid', change)];
  const withdrawn = change < overpaid ? change : overpaid;
  const changes: BackDated[] = [];
  if (withdrawn > 0n) changes.push(backDated(subject, 'withdrawn', withdrawn));
  if (change > withdrawn) changes.push(backDated(subject, 'arrears', change - withdrawn));
  return changes;
}

function backDated({ component, memberId, topUpId }: Subject, kind: BackDated['kind'], sevenths: bigint): BackDated {
  const about = topUpId ? { component, memberId, topUpId } : { component, memberId };
  return { ...about, kind, sevenths: sevenths.toString(), amount: exactPounds(sevenths) };
}

/** Sums what is paid, what was overpaid and what is withdrawn of that, each as a positive number of sevenths of a penny. */
export function sumsOf(changes: readonly BackDated[]): { arrears: bigint; overpaid: bigint; withdrawn: bigint } {
  const sums = { arrears: 0n, overpaid: 0n, withdrawn: 0n };
  for (const { kind, sevenths } of changes) sums[kind] += kind === 'overpaid' ? -BigInt(sevenths) : BigInt(sevenths);
  return sums;
}

/** Adds up what each subject is worth, on top of what is known already. */
export function worthBySubject(
  lines: readonly EntitlementLine[],
  known: ReadonlyMap<string, bigint> = new Map(),
): Map<string, bigint> {
  const sums = new Map(known);
  for (const line of lines) {
    const key = keyOf(line);
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? worth(line) : sum + worth(line));
  }
  return sums;
}

/** Digests what each subject is worth, so that a later run sees that anything changed even when the sum did not. */
export function standingOf(subjects: ReadonlyMap<string, bigint>): string {
  const texts: string[] = [];
  for (const [key, sum] of subjects) texts.push(`${key}=${sum}`);
  return hash('sha256', texts.toSorted().join(';'), 'hex').slice(0, 16);
}

function keyOf({ component, memberId, topUpId }: Subject): string {
  if (component === 'pregnant') return component;
  return topUpId ? `${component}|${topUpId}` : `${component}|${memberId ?? ''}`;
}
