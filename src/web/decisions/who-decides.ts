import { type WaitingApproval, waitingApprovals, whoCanSign } from '../../approvals/index.ts';
import type { WorkingCalendar } from '../../calendar/index.ts';
import { activePeople, type LimitKind } from '../../identity/index.ts';
import type { Money, Role } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Somebody who can decide: within their own limit, or standing in for somebody, as their name then says. */
export interface MayDecide {
  readonly id: string;
  readonly name: string;
  readonly limit: Money;
}

/** Finds who can decide each of some requests today, of those whose role does so. */
export async function decidersOf(
  tx: Transaction,
  kind: LimitKind,
  requestIds: readonly string[],
  roles: readonly Role[],
): Promise<Map<string, MayDecide[]>> {
  const holders = new Set((await activePeople(tx, roles)).map(({ id }) => id));
  const ways = [...(await whoCanSign(tx, kind, requestIds))];
  return new Map(
    ways.map(([id, able]) => [
      id,
      able
        .filter(({ personId }) => holders.has(personId))
        .map(({ personId, name, upTo }) => ({ id: personId, name, limit: upTo })),
    ]),
  );
}

/** A request that waits, with those who can decide it. */
export interface AwaitedDecision {
  readonly approval: WaitingApproval;
  readonly able: readonly MayDecide[];
}

/** Finds what waits about some subjects of a kind, by subject. */
export async function awaitedOf(
  tx: Transaction,
  calendar: WorkingCalendar,
  kind: LimitKind,
  subjectIds: readonly string[],
  roles: readonly Role[],
): Promise<Map<string, AwaitedDecision>> {
  const approvals = await waitingApprovals(tx, calendar, { kind, subjectIds });
  const ids = approvals.map(({ requestId }) => requestId);
  const able = await decidersOf(tx, kind, ids, roles);
  return new Map(
    approvals.map((approval) => [approval.subjectId, { approval, able: able.get(approval.requestId) ?? [] }]),
  );
}
