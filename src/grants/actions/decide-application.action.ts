import { Injectable } from '@nestjs/common';
import { changedSinceSeen, decide, type Declaration, declareConflict, hasDeclaredNone } from '../../approvals/index.ts';
import { Calendars } from '../../calendar/index.ts';
import { commitParts } from '../../funds/index.ts';
import { authorityOf } from '../../identity/index.ts';
import {
  type Actor,
  type Allowed,
  Money,
  mustBeAllowed,
  nextState,
  personActing,
  type PlainDate,
} from '../../kernel/index.ts';
import { reasonNeeded } from '../../payments/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { type ApplicationCommand, applicationStates } from '../application.states.ts';
import { approvalKindOf } from '../domain/approval-kind.ts';
import { awardedAmounts, type ItemAwarded } from '../domain/award-decision.ts';
import type { DecisionWords } from '../domain/decision-words.ts';
import { whatChanged } from '../domain/what-changed.ts';
import { planInstalments } from '../domain/instalments.ts';
import { awardRefused, checksNotPassed } from '../grant-problems.ts';
import { type ApplicationRow, lockApplication, moveApplication } from '../store/application.store.ts';
import { insertAward } from '../store/award.store.ts';
import { checksOf } from '../store/check.store.ts';
import { putForwardAs } from '../store/put-forward.store.ts';
import { insertSecondLook } from '../store/second-look.store.ts';
import { awardItems, itemsOf } from '../store/item.store.ts';
import { contentOf } from './put-forward.action.ts';
import { runChecks } from './run-checks.ts';
import { mustExplainItself, tellOfAward, tellOfRefusal } from './tell-of-decision.ts';

/** A manager's decision on an application they saw. */
export interface GrantDecision extends DecisionWords {
  readonly outcome: 'approved' | 'changes_asked' | 'declined';
  /** The fingerprint the decider saw, in hexadecimal: another one is refused. */
  readonly fingerprint: string;
  /** What the decider says about their own interest; needed first. A conflict is all that is written down then. */
  readonly interest?: Declaration;
  /** Where an item is awarded less than was asked. */
  readonly awarded?: readonly ItemAwarded[];
}

/** What became of an application. */
export interface GrantDecided {
  readonly state: string;
  readonly awardId: string | null;
  readonly amount: string | null;
}

const commands = { approved: 'approve', changes_asked: 'ask_changes', declined: 'decline' } as const;
const outcomes = { approved: 'approved', changes_asked: 'sent_back', declined: 'declined' } as const;

/**
 * Decides on an application as a second person who did not write on it. Approval writes the award and reserves its money,
 * instalment by instalment.
 */
@Injectable()
export class DecideApplication {
  static readonly allowed: Allowed = { roles: ['manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  /**
   * @throws own_proposal, wrote_on_the_application, above_delegated_limit, already_decided, changed_since_seen,
   *   checks_not_passed naming each, award_refused, fund_overspent, reason_needed, refusal_unexplained
   */
  async run(
    actor: Actor,
    id: string,
    decision: GrantDecision,
    idempotency?: Command['idempotency'],
  ): Promise<GrantDecided> {
    mustBeAllowed(actor, DecideApplication.allowed);
    if (decision.outcome === 'declined' && decision.interest?.declared !== 'conflict') mustExplainItself(decision);
    if (decision.outcome === 'changes_asked' && !decision.reason.trim())
      throw reasonNeeded('Say why, in words the family understands.', [
        { field: 'reason', reason: 'Say why, in words the family understands.' },
      ]);
    return this.unitOfWork.run({ name: 'grants.decide', actor, idempotency }, async (tx) => {
      const application = await lockApplication(tx, id);
      await mustBeAsSeen(tx, application, decision.fingerprint);
      const command: ApplicationCommand = commands[decision.outcome];
      const state = nextState('The application', applicationStates, application.state, command);
      await declareOnce(tx, application.approvalId as string, decision.interest);
      if (decision.interest?.declared === 'conflict') return undecided(application.state);
      if ((await signed(tx, application, decision)) === 'signed') return undecided(application.state);
      const amounts =
        decision.outcome === 'approved' ? await awardEach(tx, application, decision.awarded ?? []) : undefined;
      const set = { decided_by: personActing(actor), decision_reason: decision.reason };
      await moveApplication(tx, application, command, set, decision.reason);
      const award = amounts && (await reserve(tx, application, personActing(actor)));
      if (award && application.emergencyReason !== null)
        await insertSecondLook(tx, award.awardId, await nextWorkingDay(tx, this.calendars));
      await tell(tx, { ...application, approvalId: application.approvalId as string }, decision, award?.amount);
      const detail = { request: application.approvalId, award: award?.awardId ?? null, amount: award?.amount ?? null };
      const action = `grants.application-${state.replace('_', '-')}`;
      tx.audit({ action, subjectKind: 'application', subjectId: id, detail });
      return { state, awardId: award?.awardId ?? null, amount: award?.amount ?? null };
    });
  }
}

/** Says by which day somebody else looks again at what is paid the same day. */
export async function nextWorkingDay(tx: Transaction, calendars: Calendars): Promise<PlainDate> {
  const { council } = await calendars.of(tx, (await authorityOf(tx)).division);
  return council.addWorkingDays(tx.today, 1);
}

/** Writes down what the decider says about their own interest; whoever said before that there is none says nothing new. */
async function declareOnce(tx: Transaction, requestId: string, interest?: Declaration): Promise<void> {
  if (!interest || (interest.declared === 'none' && (await hasDeclaredNone(tx, requestId)))) return;
  await declareConflict(tx, requestId, interest);
}

/** What is answered when nothing is decided yet: another signature is needed, or this person stands aside. */
function undecided(state: string): GrantDecided {
  return { state, awardId: null, amount: null };
}

/** Tells the family what was decided, in the same transaction; what goes back to the worker is nobody else's yet. */
async function tell(
  tx: Transaction,
  decided: ApplicationRow & { readonly approvalId: string },
  decision: GrantDecision,
  amount: string | undefined,
): Promise<void> {
  if (decision.outcome === 'declined') await tellOfRefusal(tx, decided, decision);
  if (decision.outcome === 'approved' && amount) await tellOfAward(tx, decided, amount, decision);
}

/** Stops a decision on an application that changed since it was seen, and names what changed. @throws changed_since_seen */
async function mustBeAsSeen(tx: Transaction, application: ApplicationRow, seen: string): Promise<void> {
  if (!['draft', 'submitted', 'recommended'].includes(application.state)) return;
  const { fingerprint, content } = await contentOf(tx, application);
  if (fingerprint.toString('hex') === seen) return;
  const before = await putForwardAs(tx, application.id, Buffer.from(seen, 'hex'));
  const changes = before ? whatChanged(before, content) : [];
  const said = changes.length > 0 ? ` Since then: ${changes.join('; ')}.` : '';
  throw changedSinceSeen(`The application is not the one you saw.${said}`);
}

/** Records the decision on exactly what was seen, and on checks as they stand now. */
async function signed(
  tx: Transaction,
  application: ApplicationRow,
  decision: GrantDecision,
): Promise<'settled' | 'signed'> {
  const { fingerprint } = await contentOf(tx, application);
  if (decision.outcome === 'approved') await mustPassItsChecks(tx, application);
  return decide(tx, {
    ...{ kind: approvalKindOf(application), requestId: application.approvalId as string, fingerprint },
    ...{ outcome: outcomes[decision.outcome], reason: decision.reason },
  });
}

/** Runs the checks anew, for whoever awards. @throws checks_not_passed naming each */
export async function mustPassItsChecks(tx: Transaction, application: ApplicationRow): Promise<void> {
  await runChecks(tx, application);
  const open = (await checksOf(tx, application.id)).filter(
    ({ outcome, resolvedBy }) => outcome === 'fail' || (outcome === 'person' && !resolvedBy),
  );
  if (open.length > 0)
    throw checksNotPassed(
      `${open.length} of the checks do not let it through.`,
      open.map(({ kind, reason }) => ({ field: kind, reason })),
    );
}

/** Writes down what each item is awarded. @throws award_refused */
export async function awardEach(
  tx: Transaction,
  { id }: ApplicationRow,
  said: readonly ItemAwarded[],
): Promise<ReadonlyMap<string, Money>> {
  const { amounts, faults } = awardedAmounts(await itemsOf(tx, [id]), said);
  if (faults.length > 0) throw awardRefused(faults.map((fault) => fault.reason).join(' '), faults);
  await awardItems(
    tx,
    [...amounts].map(([itemId, amount]) => ({ id: itemId, awarded: amount.toString() })),
  );
  return amounts;
}

/** Writes the award and its instalments, and reserves each. @throws fund_overspent */
export async function reserve(
  tx: Transaction,
  { id, familyId, fundId, approvalId }: ApplicationRow,
  approvedBy: string,
): Promise<{ awardId: string; amount: string }> {
  const items = (await itemsOf(tx, [id])).map((item) => ({ ...item, awarded: Money.gbp(item.awarded ?? '0') }));
  const amount = Money.sum(items.map((item) => item.awarded));
  const { awardId, instalments } = await insertAward(
    tx,
    { applicationId: id, familyId, fundId, approvalId: approvalId as string, approvedBy, amount },
    planInstalments(items, tx.today),
  );
  await commitParts(
    tx,
    instalments.map((each) => ({ ...each, documentId: each.approvalId, amount: Money.gbp(each.amount) })),
  );
  return { awardId, amount: amount.toString() };
}
