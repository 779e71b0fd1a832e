import { Injectable } from '@nestjs/common';
import { propose } from '../../approvals/index.ts';
import { noticePolicy } from '../../identity/index.ts';
import { type Actor, addDays, type Allowed, Money, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { draftNotices } from '../../notices/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { payDayMoveDiffers, payDayMoveRefused } from '../plan-problems.ts';
import { moveFingerprint } from '../store/move-content.ts';
import { insertKeptDays } from '../store/kept-day.store.ts';
import { insertMove } from '../store/move.store.ts';
import { insertPayDayChanges } from '../store/pay-day-change.store.ts';
import { isMoved, moveDigest } from '../views/move-counts.view.ts';
import { type MoveAsked, type MovedFamily, MovePreviews } from '../views/move-preview.view.ts';
import { approveMove } from './approve-move.ts';

/** A move that was put forward: whom it moves, and who keeps their day. */
export interface PayDayMoveProposed {
  readonly moveId: string;
  readonly families: readonly MovedFamily[];
  readonly moves: number;
  readonly keeps: number;
  /** Whether a second person has to decide before anybody is told. */
  readonly needsApproval: boolean;
}

const FURTHEST_AHEAD = 120;

/**
 * Proposes to move pay days, for a worker or finance officer. No promise changes by it: each family's notice is drafted,
 * and only its receipt in time lets the family's own change take effect.
 */
@Injectable()
export class ProposePayDayMove {
  static readonly allowed: Allowed = { roles: ['caseworker', 'finance'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly previews: MovePreviews,
  ) {}

  /**
   * @param planIds approved plans, one for each family chosen
   * @param options `seen`: what `moveDigest` made of the preview the person looked at
   * @throws pay_day_move_refused, pay_day_move_differs, pay_day_change_already_waiting
   */
  async run(
    actor: Actor,
    planIds: readonly string[],
    asked: MoveAsked,
    { seen, ...options }: Pick<Command, 'idempotency' | 'dryRun'> & { readonly seen?: string } = {},
  ): Promise<PayDayMoveProposed> {
    mustBeAllowed(actor, ProposePayDayMove.allowed);
    return this.unitOfWork.run({ name: 'subsistence.propose-pay-day-move', actor, ...options }, async (tx) => {
      checkAsked(tx, planIds, asked);
      const families = await this.previews.of(tx, planIds, asked);
      const moved = families.filter(isMoved);
      if (seen !== undefined && seen !== moveDigest(families, asked))
        throw payDayMoveDiffers('Families, amounts or how families are reached changed since.');
      if (moved.length === 0) throw nobodyMoves(families);
      checkBridging(moved, asked);
      const moveId = await this.#write(tx, families, moved, asked);
      const needsApproval = asked.urgent !== null || (await noticePolicy(tx)).payDayChangeNeedsApproval;
      if (needsApproval) await putForward(tx, moveId, moved);
      else await approveMove(tx, moveId, null);
      return { moveId, families, moves: moved.length, keeps: families.length - moved.length, needsApproval };
    });
  }

  async #write(
    tx: Transaction,
    families: readonly MovedFamily[],
    moved: readonly MovedFamily[],
    { payDay, frequencyDays, from, reason, urgent }: MoveAsked,
  ): Promise<string> {
    const notices = moved.map(({ familyId, facts, affectsOn, noticeDays }) => ({
      ...{ familyId, affectsOn, noticeDays, facts: facts as NonNullable<typeof facts> },
    }));
    const noticeIds = await draftNotices(tx, notices);
    const moveId = await insertMove(
      tx,
      {
        ...{ payDay, frequencyDays, from, reason, chosen: families.length, kept: families.length - moved.length },
        ...{ urgentReason: urgent?.reason ?? null, urgentBridging: urgent?.bridging ?? null },
        apology: urgent?.apology ?? null,
      },
      personActing(tx.actor),
    );
    const changes = moved.map(({ planId, move }, index) => ({
      ...{ planId, noticeId: noticeIds[index] as string, ...(move as NonNullable<typeof move>) },
    }));
    await insertPayDayChanges(tx, moveId, changes);
    const left = families.filter((family) => !isMoved(family));
    await insertKeptDays(
      tx,
      left.map(({ planId, keeps }) => ({ moveId, planId, changeId: null, because: keeps ?? 'nothing-changes' })),
    );
    tx.audit({
      ...{ action: 'subsistence.pay-day-move-proposed', subjectKind: 'pay-day-move', subjectId: moveId },
      detail: { payDay, from, families: moved.length, keeps: families.length - moved.length, urgent: urgent !== null },
    });
    return moveId;
  }
}

/** The amount a second person answers for: what is paid between the old and the new dates. */
async function putForward(tx: Transaction, moveId: string, moved: readonly MovedFamily[]): Promise<void> {
  const bridging = moved.map(({ facts }) => (facts?.bridging ? Money.gbp(facts.bridging.amount) : Money.zero));
  const fingerprint = await moveFingerprint(tx, moveId);
  await propose(tx, { kind: 'support-plan', subjectId: moveId, fingerprint, amount: Money.sum(bridging) });
}

function checkAsked(tx: Transaction, planIds: readonly string[], { from, reason, urgent }: MoveAsked): void {
  const items = [
    ...(planIds.length === 0 ? [{ field: 'families', reason: 'Choose at least one family.' }] : []),
    ...(from <= tx.today ? [{ field: 'from', reason: 'Choose a day after today.' }] : []),
    ...(from > addDays(tx.today, FURTHEST_AHEAD)
      ? [{ field: 'from', reason: `Choose a day within ${FURTHEST_AHEAD} days from today.` }]
      : []),
    ...(reason.trim() === '' ? [{ field: 'reason', reason: 'Say why the pay day moves: the family is told.' }] : []),
    ...(urgent && urgent.reason.trim() === ''
      ? [{ field: 'urgentReason', reason: 'Say why this cannot wait for the notice families are owed.' }]
      : []),
    ...(urgent && urgent.apology.trim() === ''
      ? [{ field: 'apology', reason: 'Write the apology the family is to read.' }]
      : []),
  ];
  if (items.length > 0) throw payDayMoveRefused('Some of it needs another look.', items);
}

/** The days between are paid, whoever thinks they need not be: only where no day moves later is nothing needed. */
function checkBridging(moved: readonly MovedFamily[], { urgent }: MoveAsked): void {
  const later = moved.filter(({ move }) => move !== null && move.newDate > move.oldDate).length;
  if (urgent?.bridging !== 'not-needed' || later === 0) return;
  const reason = `For ${later === 1 ? 'one family' : `${later} families`} the day moves later: the days between have to be paid.`;
  throw payDayMoveRefused('The bridging payment is needed.', [{ field: 'bridging', reason }]);
}

const KEEPS: Readonly<Record<NonNullable<MovedFamily['keeps']>, string>> = {
  'cannot-be-reached': 'cannot be reached by any safe way',
  'not-in-time': 'cannot be told in time',
  'nothing-changes': 'is paid like that already',
  'nothing-promised': 'has no promised date late enough',
};

function nobodyMoves(families: readonly MovedFamily[]): Error {
  const items = families.slice(0, 50).map(({ family, keeps, earliest }) => ({
    field: 'from',
    reason: `Family ${family} ${keeps ? KEEPS[keeps] : 'keeps its day'}${earliest ? `: the earliest new date is ${earliest}` : ''}.`,
  }));
  return payDayMoveRefused('Every family would keep its present day.', items);
}
