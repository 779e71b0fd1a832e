import { Injectable } from '@nestjs/common';
import { freeParts } from '../../funds/index.ts';
import { type Actor, type Allowed, Money, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { openSameDayRun, type OpenedRun, OpenRun, reasonNeeded, sourcesOnLines } from '../../payments/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { type AwardCommand, awardStates } from '../award.states.ts';
import { awardNotForToday, instalmentOnItsWay, noInstalmentLeft, secondLookTaken } from '../grant-problems.ts';
import { readApplication } from '../store/application.store.ts';
import {
  type AwardRow,
  type InstalmentRow,
  instalmentsOf,
  moveAward,
  moveInstalments,
  readAward,
} from '../store/award.store.ts';
import { takeSecondLook } from '../store/second-look.store.ts';

/** What became of an award, and what went back to its fund. */
export interface AwardChanged {
  readonly state: string;
  readonly freed: string;
}

/** Changes what is left of an award: cancelled with its money back in the fund, paid today, looked at again. */
@Injectable()
export class ChangeAward {
  static readonly allowed: Allowed = { roles: ['manager', 'finance'] };
  static readonly payers: Allowed = OpenRun.allowed;
  static readonly lookers: Allowed = { roles: ['manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Cancels what is due and not on its way: all of it, or some instalments. An award of which nothing is left to pay is
   * closed; one of which nothing was paid is cancelled.
   * @throws instalment_on_its_way, no_instalment_left, reason_needed, no_such_award, not_in_that_state
   */
  async cancel(
    actor: Actor,
    awardId: string,
    reason: string,
    instalmentIds?: readonly string[],
    idempotency?: Command['idempotency'],
  ): Promise<AwardChanged> {
    mustBeAllowed(actor, ChangeAward.allowed);
    if (!reason.trim()) throw reasonNeeded('Say why it is not paid.', [{ field: 'reason', reason: 'Say why.' }]);
    return this.unitOfWork.run({ name: 'grants.cancel-award', actor, idempotency }, async (tx) => {
      const award = await readAward(tx, awardId, true);
      nextState('The award', awardStates, award.state, 'close');
      const freed = await freeInstalments(tx, award, reason, instalmentIds);
      const state = await settle(tx, award, reason);
      const detail = { freed: freed.toString(), state };
      tx.audit({ action: 'grants.award-cancelled', subjectKind: 'award', subjectId: awardId, detail });
      return { state, freed: freed.toString() };
    });
  }

  /** Opens a run for an emergency award alone, to be paid today. @throws award_not_for_today, run_opened_twice */
  async payToday(actor: Actor, awardId: string, idempotency?: Command['idempotency']): Promise<OpenedRun> {
    mustBeAllowed(actor, ChangeAward.payers);
    return this.unitOfWork.run({ name: 'grants.pay-today', actor, idempotency }, async (tx) => {
      const award = await readAward(tx, awardId, true);
      const { emergencyReason } = await readApplication(tx, award.applicationId);
      if (emergencyReason === null || award.state !== 'active') throw awardNotForToday('It is no emergency.');
      return openSameDayRun(tx, award.approvalId);
    });
  }

  /** Writes down another manager's second look at what was paid the same day. @throws second_look_taken, wrote_on_the_application */
  async lookAgain(
    actor: Actor,
    awardId: string,
    look: { readonly agreed: boolean; readonly note: string },
  ): Promise<{ agreed: boolean }> {
    mustBeAllowed(actor, ChangeAward.lookers);
    personActing(actor);
    return this.unitOfWork.run({ name: 'grants.look-again', actor }, async (tx) => {
      await readAward(tx, awardId, true);
      if (!(await takeSecondLook(tx, awardId, look))) throw secondLookTaken('It does not wait for one.');
      const detail = { agreed: look.agreed };
      tx.audit({ action: 'grants.award-looked-at-again', subjectKind: 'award', subjectId: awardId, detail });
      return { agreed: look.agreed };
    });
  }
}

async function freeInstalments(
  tx: Transaction,
  award: AwardRow,
  reason: string,
  ids?: readonly string[],
): Promise<Money> {
  const due = (await instalmentsOf(tx, award.id)).filter(
    ({ state, id }) => state === 'due' && (!ids || ids.includes(id)),
  );
  if (due.length === 0 || (ids && due.length !== new Set(ids).size))
    throw noInstalmentLeft(ids ? 'Some of these are paid or cancelled already.' : 'Everything is paid or cancelled.');
  const idsDue = due.map(({ id }) => id);
  const onTheirWay = await sourcesOnLines(tx, idsDue);
  if (onTheirWay.size > 0) throw instalmentOnItsWay(`${onTheirWay.size} of its payments stand in a run.`);
  await moveInstalments(tx, idsDue, 'cancelled', reason);
  await freeParts(tx, due.map(partOf));
  return Money.sum(due.map(({ amount }) => Money.gbp(amount)));
}

function partOf(each: InstalmentRow): Parameters<typeof freeParts>[1][number] {
  return { documentId: each.approvalId, leg: each.leg, fundId: each.fundId, amount: Money.gbp(each.amount) };
}

/** Ends an award of which nothing is left to pay. @returns its state */
export async function settle(tx: Transaction, award: AwardRow, reason: string): Promise<AwardRow['state']> {
  const instalments = await instalmentsOf(tx, award.id);
  if (instalments.some(({ state }) => state === 'due')) return award.state;
  const command: AwardCommand = instalments.some(({ state }) => state === 'paid') ? 'close' : 'cancel';
  await moveAward(tx, award, command, reason);
  return nextState('The award', awardStates, award.state, command);
}
