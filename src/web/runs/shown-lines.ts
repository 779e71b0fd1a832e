import { namesOf } from '../../identity/index.ts';
import { type HoldRow, holdsOf, type LineRow } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { causeOf } from './causes.ts';

/** A payment as the list shows it. */
export interface ShownLine extends LineRow {
  readonly hold: (HoldRow & { by: string }) | undefined;
  readonly causeName: string | undefined;
  readonly isTickable: boolean;
}

/** Gives payments with why each is held and by whom. */
export async function withHolds(tx: Transaction, runId: string, lines: readonly LineRow[]): Promise<ShownLine[]> {
  const held = lines.filter((line) => line.status === 'held').map((line) => line.sourceId);
  const holds = await holdsOf(tx, runId, held);
  const names = await namesOf(
    tx,
    holds.map((hold) => hold.heldBy),
  );
  return lines.map((line) => {
    const hold = holds.find((each) => each.sourceId === line.sourceId && each.category === line.holdCode);
    return {
      ...{ ...line, hold: hold && { ...hold, by: names.get(hold.heldBy ?? '') ?? 'Mainstay' } },
      causeName: line.holdCode ? causeOf(line.holdCode).name : undefined,
      isTickable: line.status === 'payable' || isHeldByPerson(line),
    };
  });
}

/** Says whether a person holds a payment, so that a person can let it go. */
export function isHeldByPerson(line: LineRow): boolean {
  return line.status === 'held' && line.holdCode !== null && !causeOf(line.holdCode).isByPricing;
}
