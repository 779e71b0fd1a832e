import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { keptDaySettled } from '../plan-problems.ts';
import { lockKeptDay, markKeptDaySettled } from '../store/kept-day.store.ts';

/** Notes that a worker or finance officer saw to a family that keeps the day it has, and that no other move is meant for it. */
@Injectable()
export class SettleKeptDay {
  static readonly allowed: Allowed = { roles: ['caseworker', 'finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param words what was done, and why the day stays @throws no_such_kept_day, kept_day_settled */
  async run(actor: Actor, id: string, words: string): Promise<void> {
    mustBeAllowed(actor, SettleKeptDay.allowed);
    await this.unitOfWork.run({ name: 'subsistence.settle-kept-day', actor }, async (tx) => {
      const kept = await lockKeptDay(tx, id);
      if (kept.settledOn) throw keptDaySettled(`Somebody saw to it on ${kept.settledOn}.`);
      await markKeptDaySettled(tx, id, personActing(actor), words);
      // The words may say something of the family: they stand in the row, and the audit trail has its number.
      const detail = { keptDay: id, move: kept.moveId };
      tx.audit({ action: 'subsistence.kept-day-settled', subjectKind: 'plan', subjectId: kept.planId, detail });
    });
  }
}
