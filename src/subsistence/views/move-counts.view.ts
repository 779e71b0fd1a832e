import { digest } from '../store/plan-content.ts';
import { Money, type PlainDate } from '../../kernel/index.ts';
import type { KeepsBecause, MoveAsked, MovedFamily } from './move-preview.view.ts';

/** What a move comes to, before anything is confirmed. */
export interface MoveCounts {
  /** Families whose pay day moves once they were told. */
  readonly moves: number;
  /** Of these: told without anybody doing anything. */
  readonly toldInTime: number;
  /** Of these: a person has to call, by the day given. */
  readonly calls: number;
  readonly callBy: PlainDate | null;
  /** Of these: in an emergency only, known to nobody how to reach. */
  readonly unreachable: number;
  readonly keeps: number;
  readonly keepsBecause: Readonly<Partial<Record<KeepsBecause, number>>>;
  readonly bridged: number;
  readonly bridging: Money;
}

/** Counts, for whoever plans a move, how many families it moves and how, and how many keep their day. */
export function countMoved(families: readonly MovedFamily[]): MoveCounts {
  const moved = families.filter(isMoved);
  const calls = moved.filter(({ told }) => told?.way === 'call');
  const unreachable = moved.filter(({ told }) => told === null).length;
  const bridging = moved.flatMap(({ facts }) => (facts?.bridging ? [Money.gbp(facts.bridging.amount)] : []));
  const keepsBecause: Partial<Record<KeepsBecause, number>> = {};
  for (const { keeps } of families) if (keeps) keepsBecause[keeps] = (keepsBecause[keeps] ?? 0) + 1;
  return {
    ...{ moves: moved.length, toldInTime: moved.length - calls.length - unreachable, calls: calls.length },
    callBy: calls.flatMap(({ neededBy }) => neededBy ?? []).toSorted()[0] ?? null,
    ...{ unreachable, keeps: families.length - moved.length, keepsBecause },
    ...{ bridged: bridging.length, bridging: Money.sum(bridging) },
  };
}

/** Tells whether a family's day moves at all. */
export function isMoved(family: MovedFamily): boolean {
  return family.facts !== null && family.keeps === null;
}

/** Digests what somebody is shown of a move, so that what they confirm is what they saw. */
export function moveDigest(families: readonly MovedFamily[], asked: MoveAsked): string {
  const shown = families.map(({ planId, move, facts, keeps, told }) => [planId, move, facts, keeps, told?.way]);
  return digest([asked, shown]).toString('hex');
}
