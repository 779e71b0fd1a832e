import { tellThatItStays, withdrawNotices } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { Money, nextState } from '../../kernel/index.ts';
import { LESS_THAN_TOLD } from '../domain/kept-because.ts';
import { dayTotal } from '../domain/week-of.ts';
import { fallStates } from '../fall.states.ts';
import { type FallRow, moveFall } from '../store/fall.store.ts';
import { plansWithFacts } from '../store/plan-content.ts';
import type { ChangePreviews } from '../views/change-preview.view.ts';

/** Lets a fall hold from the day its family was told of; where that would leave it less than it was told, it keeps what it has. */
export async function takeFallIntoEffect(tx: Transaction, fall: FallRow, previews: ChangePreviews): Promise<void> {
  if (await givesLessThanTold(tx, fall)) return keepAmount(tx, fall, LESS_THAN_TOLD, previews);
  await moveFall(tx, fall.id, nextState(`Lower amount ${fall.id}`, fallStates, fall.state, 'take_effect'));
  note(tx, fall, 'subsistence.fall-in-effect', { from: fall.takesEffectOn });
}

/**
 * Keeps the amount as it was, because nothing proves that the family was told in time, and
 * tells a family that may have read of it so. A person tells it again.
 */
export async function keepAmount(
  tx: Transaction,
  fall: FallRow,
  because: string,
  previews: ChangePreviews,
): Promise<void> {
  await tx.because(because);
  await moveFall(tx, fall.id, nextState(`Lower amount ${fall.id}`, fallStates, fall.state, 'keep'), because);
  await withdrawNotices(tx, [fall.noticeId], because);
  await tellThatItStays(tx, fall.noticeId, () => previews.paymentsToTell(tx, fall.planId));
  note(tx, fall, 'subsistence.amount-kept', { because });
  await tx.because('');
}

async function givesLessThanTold(tx: Transaction, fall: FallRow): Promise<boolean> {
  const [stands] = await plansWithFacts(tx, [fall.planId]);
  if (!stands || stands.facts.overrides?.length) return false;
  const kept = (stands.facts.kept ?? []).map((each) =>
    each.fallId === fall.id ? { ...each, to: fall.takesEffectOn } : each,
  );
  const week = dayTotal({ ...stands.facts, kept }, fall.takesEffectOn, stands.rates);
  return week > 0n && week < Money.gbp(fall.weeklyAfter).toPence();
}

function note(tx: Transaction, fall: FallRow, action: string, more: Readonly<Record<string, string>>): void {
  const detail = { fall: fall.id, cause: fall.cause, notice: fall.noticeId, ...more };
  tx.audit({ action, subjectKind: 'plan', subjectId: fall.planId, detail });
}
