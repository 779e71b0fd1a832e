import { referencesOf } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type KeptDayBecause, type KeptDayRow, keptDaysToSettle, readKeptDay } from '../store/kept-day.store.ts';
import { changesByIds } from '../store/pay-day-change.store.ts';
import { plansByIds } from '../store/plan.store.ts';

/** A family that keeps the day it has, for whoever sees to it. */
export interface KeptDay extends KeptDayRow {
  readonly familyId: string;
  readonly family: string;
  /** The day that was to move, and the one it was to become; absent where the family was left out from the start. */
  readonly oldDate: PlainDate | null;
  readonly newDate: PlainDate | null;
  readonly why: string;
}

const WHY: Readonly<Record<Exclude<KeptDayBecause, 'not-told'>, string>> = {
  'cannot-be-reached': 'No safe way reaches the family.',
  'not-in-time': 'The family could not be told in time.',
  'nothing-changes': 'It is paid like that already.',
  'nothing-promised': 'Nothing is promised late enough.',
};

/** Lists families that keep their day and that nobody has seen to, the oldest first. @param after the last number of the page before */
export async function keptDaysListed(tx: Transaction, after: string, limit: number): Promise<KeptDay[]> {
  return withFamilies(tx, await keptDaysToSettle(tx, after, limit));
}

/** Reads one of them, settled or not. @throws no_such_kept_day */
export async function keptDayShown(tx: Transaction, id: string): Promise<KeptDay> {
  const [found] = await withFamilies(tx, [await readKeptDay(tx, id)]);
  return found as KeptDay;
}

async function withFamilies(tx: Transaction, rows: readonly KeptDayRow[]): Promise<KeptDay[]> {
  const plans = await plansByIds(
    tx,
    rows.map((row) => row.planId),
  );
  const familyOf = new Map(plans.map((plan) => [plan.id, plan.familyId]));
  const references = await referencesOf(tx, [...familyOf.values()]);
  const changes = await changesByIds(
    tx,
    rows.flatMap((row) => row.changeId ?? []),
  );
  const byId = new Map(changes.map((change) => [change.id, change]));
  return rows.map((row) => {
    const familyId = familyOf.get(row.planId) ?? '';
    const change = byId.get(row.changeId ?? '');
    const why = row.because === 'not-told' ? (change?.keptBecause ?? '') : WHY[row.because];
    return {
      ...{ ...row, familyId, family: references.get(familyId) ?? '', why },
      ...{ oldDate: change?.oldDate ?? null, newDate: change?.newDate ?? null },
    };
  });
}
