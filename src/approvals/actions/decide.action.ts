import { personActing } from '../../kernel/index.ts';
import type { LimitKind } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { alreadyDecided, changedSinceSeen } from '../approval-problems.ts';
import { answeringWay, chooseWay, type Given, stepFor, type Way } from '../domain/ways-to-sign.ts';
import { type DecidedSo, insertDecisions, insertSignatures } from '../store/decision.store.ts';
import { givenTo } from '../store/given.store.ts';
import { type LockedRequest, lockRequests } from '../store/waiting-request.store.ts';
import { waysOf } from '../views/ways.view.ts';
import { refusalFor } from './refuse-decision.ts';

/** A decision by the person acting, on what they saw. */
export interface Decision {
  readonly kind: LimitKind;
  readonly requestId: string;
  readonly outcome: 'approved' | 'sent_back' | 'declined';
  readonly reason: string;
  /** Fingerprint of the content as it stands now; must be the one that was proposed. */
  readonly fingerprint: Buffer;
}

/** What came of decisions. */
export interface DecisionsTaken {
  /** Requests that are decided with this. */
  readonly settled: readonly string[];
  /** Requests that are signed and wait for another person's signature: nothing is approved yet. */
  readonly signed: readonly string[];
}

/**
 * Records a second person's decision. An approval of something that needs several signatures is one of them.
 *
 * The database itself refuses the proposer, whoever touched it, a limit too low and a second decision.
 * @returns `signed` while another signature is needed: the caller then approves nothing yet
 * @throws own_proposal, worked_on_it, above_delegated_limit, above_family_limit, another_role_signs, already_signed, already_decided,
 *   changed_since_seen, no_delegated_limit, stand_in_not_in_force, conflict_not_declared, conflict_declared, approvals_closed
 */
export async function decide(tx: Transaction, decision: Decision): Promise<'settled' | 'signed'> {
  const taken = await decideMany(tx, decision.kind, decision.outcome, decision.reason, [decision]);
  return taken.settled.length > 0 ? 'settled' : 'signed';
}

/** Records one person's decision on many requests at once, in one statement. */
export async function decideMany(
  tx: Transaction,
  kind: LimitKind,
  outcome: Decision['outcome'],
  reason: string,
  requests: readonly { requestId: string; fingerprint: Buffer }[],
): Promise<DecisionsTaken> {
  const locked = await lockRequests(
    tx,
    kind,
    requests.map((each) => each.requestId),
  );
  const waiting = requests.map(({ requestId, fingerprint }) => mustWait(locked.get(requestId), fingerprint));
  const ways = await waysOf(tx, personActing(tx.actor), kind);
  const given = await givenTo(tx, kind, waiting, ways);
  const decided: DecidedSo[] = [];
  for (const request of waiting) decided.push(await decidedSo(tx, kind, outcome, request, { ways, given }));
  return save(tx, { kind, outcome, reason }, waiting, decided);
}

function mustWait(request: LockedRequest | undefined, fingerprint: Buffer): LockedRequest {
  if (!request?.fingerprint.equals(fingerprint))
    throw changedSinceSeen('It no longer has the content that was proposed.');
  if (request.state !== 'open') throw alreadyDecided(`It is ${request.state.replace('_', ' ')}.`);
  return request;
}

async function decidedSo(
  tx: Transaction,
  kind: LimitKind,
  outcome: Decision['outcome'],
  request: LockedRequest,
  { ways, given }: { ways: readonly Way[]; given: Given },
): Promise<DecidedSo> {
  const me = personActing(tx.actor);
  const way = outcome === 'approved' ? chooseWay(ways, request, given) : answeringWay(ways, request);
  if (typeof way === 'string') throw await refusalFor(tx, kind, me, way, request);
  return { requestId: request.id, way, step: outcome === 'approved' ? (stepFor(way, request)?.step ?? null) : null };
}

async function save(
  tx: Transaction,
  decision: { kind: LimitKind; outcome: Decision['outcome']; reason: string },
  waiting: readonly LockedRequest[],
  decided: readonly DecidedSo[],
): Promise<DecisionsTaken> {
  const signing = decided.filter(({ step }) => step !== null);
  if (signing.length > 0) await insertSignatures(tx, decision, signing);
  const isSettled = ({ step }: DecidedSo, index: number): boolean => step === null || openSteps(waiting[index]) === 1;
  const settled = decided.filter(isSettled);
  if (settled.length > 0) await insertDecisions(tx, decision, settled);
  const signed = decided.filter((each, index) => !isSettled(each, index)).map(({ requestId }) => requestId);
  for (const subjectId of signed)
    tx.audit({ action: 'approvals.signed', subjectKind: 'approval', subjectId, detail: { kind: decision.kind } });
  return { settled: settled.map(({ requestId }) => requestId), signed };
}

function openSteps(request: LockedRequest | undefined): number {
  return request?.steps.filter(({ signedBy }) => signedBy === null).length ?? 0;
}
