import type { Transaction } from '../../platform/index.ts';
import { readMove } from './move.store.ts';
import { changesOfMove } from './pay-day-change.store.ts';
import { digest } from './plan-content.ts';

/** Digests a move with every family's dates: what a second person signs. */
export async function moveFingerprint(tx: Transaction, moveId: string): Promise<Buffer> {
  const { payDay, frequencyDays, from, reason, urgentReason, urgentBridging, apology } = await readMove(tx, moveId);
  const changes = await changesOfMove(tx, moveId, ['proposed']);
  return digest([
    { payDay, frequencyDays, from, reason, urgentReason, urgentBridging, apology },
    changes.map((change) => [change.planId, change.noticeId, change.oldDate, change.newDate, change.frequencyDays]),
  ]);
}
