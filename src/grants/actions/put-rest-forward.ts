import { propose } from '../../approvals/index.ts';
import { Money, personActing } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { approvalKindOf } from '../domain/approval-kind.ts';
import type { ItemAsked } from '../domain/grant-application.ts';
import {
  type ApplicationRow,
  insertApplication,
  lockApplication,
  moveApplication,
  writeAnswers,
  writersOf,
} from '../store/application.store.ts';
import { awardOf } from '../store/award.store.ts';
import { type ItemRow, itemsOf, replaceItems } from '../store/item.store.ts';
import { keepPutForward } from '../store/put-forward.store.ts';
import { contentOf } from './put-forward.action.ts';
import { runChecks } from './run-checks.ts';

/**
 * Puts the rest of an award of less forward, for a reviewer who found that more is due: a top-up for what each item was
 * awarded too little, checked and recommended in the reviewer's own words. Another manager decides on it.
 * @returns its number; null where the award was cancelled, or nothing is missing
 */
export async function putRestForward(
  tx: Transaction,
  reviewed: ApplicationRow,
  reason: string,
): Promise<string | null> {
  const award = await awardOf(tx, reviewed.id);
  const rest = (await itemsOf(tx, [reviewed.id])).flatMap(restOf);
  if (!award || award.state === 'cancelled' || rest.length === 0) return null;
  const id = await insertApplication(tx, reviewed.familyId, reviewed.fundId, award.id);
  const { need, childNeed, identitySeen } = reviewed;
  await writeAnswers(tx, id, { need, childNeed, identitySeen, conflict: 'no', conflictWords: '' });
  await replaceItems(tx, id, rest);
  await moveApplication(tx, await lockApplication(tx, id), 'submit', { submitted_on: tx.today });
  const application = await lockApplication(tx, id);
  await runChecks(tx, application);
  const recommendation = `A review of the first decision found that the rest is due. ${reason}`;
  const { fingerprint, amount, content } = await contentOf(tx, { ...application, recommendation });
  await keepPutForward(tx, id, fingerprint, content);
  const about = { subjectId: id, familyId: application.familyId, touchedBy: await writersOf(tx, id) };
  const requestId = await propose(tx, { kind: approvalKindOf(application), ...about, fingerprint, amount });
  const set = { recommendation, recommended_by: personActing(tx.actor), approval_id: requestId };
  await moveApplication(tx, application, 'recommend', set);
  const detail = { request: requestId, amount, topsUp: award.id };
  tx.audit({ action: 'grants.application-recommended', subjectKind: 'application', subjectId: id, detail });
  return id;
}

/** What is missing of one item, paid at once. */
function restOf({ code, category, description, amount, awarded, instrumentId }: ItemRow): ItemAsked[] {
  const missing = Money.gbp(amount).minus(Money.gbp(awarded ?? '0'));
  if (!missing.isPositive()) return [];
  const how = { instrumentId, firstDue: null, instalments: 1, everyDays: 7 };
  return [{ code, category, description, amount: missing.toString(), ...how }];
}
