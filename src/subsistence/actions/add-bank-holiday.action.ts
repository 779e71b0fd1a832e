import { Injectable } from '@nestjs/common';
import { addOneOffHoliday, Calendars, type OneOffHoliday } from '../../calendar/index.ts';
import { familyReach } from '../../families/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { type Actor, addDays, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { telling } from '../../notices/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { familiesTouched } from '../store/holiday.store.ts';
import { type HolidayEffect, replanPromises, USUAL_APOLOGY } from './replan-promises.ts';

/** A bank holiday as it is entered. */
export interface BankHolidayToAdd extends OneOffHoliday {
  /** What families read who hear of it later than they are owed. */
  readonly apology?: string | undefined;
}

/** How many of the families touched hear of it when. */
export interface HowTold {
  readonly inTime: number;
  /** Told at once, and later than the notice they are owed: with an apology. */
  readonly late: number;
  /** Nothing can be sent: a person has to call. */
  readonly unreached: number;
}

/** What entering it did, or would do. */
export interface BankHolidayAdded extends HolidayEffect {
  readonly holidayId: string;
  readonly told: HowTold;
}

/**
 * Enters a bank holiday that was announced for one year only, for an administrator: payments come earlier where they must,
 * and families are told. It is not taken back: money that was promised earlier comes earlier.
 */
@Injectable()
export class AddBankHoliday {
  static readonly allowed: Allowed = { roles: ['administrator'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  /** @throws bank_holiday_refused, bank_holiday_known */
  async run(
    actor: Actor,
    { apology, ...holiday }: BankHolidayToAdd,
    options: Pick<Command, 'idempotency' | 'dryRun'> = {},
  ): Promise<BankHolidayAdded> {
    mustBeAllowed(actor, AddBankHoliday.allowed);
    return this.unitOfWork.run({ name: 'subsistence.add-bank-holiday', actor, ...options }, async (tx) => {
      const holidayId = await addOneOffHoliday(tx, holiday);
      const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
      const why = { oneOffId: holidayId, apology: apology?.trim() || USUAL_APOLOGY };
      const effect = await replanPromises(tx, calendars, why);
      return { holidayId, ...effect, told: await this.#told(tx, effect.replanId) };
    });
  }

  async #told(tx: Transaction, replanId: string | null): Promise<HowTold> {
    const touched = replanId ? await familiesTouched(tx, replanId) : [];
    const times = await telling(tx, this.calendars);
    const reach = await familyReach(
      tx,
      touched.map((each) => each.familyId),
    );
    const told = { inTime: 0, late: 0, unreached: 0 };
    for (const { familyId, arrivesOn } of touched) {
      const family = reach.get(familyId);
      const expected = family && times.expected(family);
      const neededBy = addDays(arrivesOn, -times.policy.noticeDays - 1);
      if (!expected || expected.way === 'call') told.unreached += 1;
      else if (expected.receivedOn <= neededBy) told.inTime += 1;
      else told.late += 1;
    }
    return told;
  }
}
