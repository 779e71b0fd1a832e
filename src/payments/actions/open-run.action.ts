import { Injectable } from '@nestjs/common';
import { type Actor, addDays, type Allowed, mustBeAllowed, type PlainDate, weekdayNumber } from '../../kernel/index.ts';
import {
  type BacsDays,
  bacsDays,
  Calendars,
  type CouncilCalendars,
  lateBacsDays,
  mustBeKnown,
} from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { defineJob } from '../../outbox/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { notAPayDate, tooFarAhead } from '../payment-problems.ts';
import type { RunKind } from '../store/run.store.ts';

/** Rung when a run has been opened, for the room that prices it. */
export const runOpened = defineJob('payments.run-opened');

/** Rung when a grants run has been opened, for the room that has its instalments. */
export const grantsRunOpened = defineJob('payments.grants-run-opened');
/** Rung when a run for something put right was opened: price it. */
export const putRightRunOpened = defineJob('payments.put-right-run-opened');

const LODGED_AT_MOST_DAYS_AHEAD = 30;
const LATE_AT_MOST_DAYS = 366;

/** A run as whoever opened it hears of it. */
export interface OpenedRun {
  readonly runId: string;
  readonly payDate: PlainDate;
  readonly days: BacsDays;
  /** True when the ordinary Bacs cut-off is past: the money arrives on the earliest day it still can. */
  readonly isLate: boolean;
}

/** Opens a run for a pay date: by a finance officer, by the operator, or by the clock. */
@Injectable()
export class OpenRun {
  static readonly allowed: Allowed = { roles: ['finance'], machine: true };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  /** @throws run_opened_twice, not_a_pay_date, too_far_ahead */
  async run(
    actor: Actor,
    payDate: PlainDate,
    idempotency?: Command['idempotency'],
    kind: RunKind = 'section-17',
  ): Promise<OpenedRun> {
    mustBeAllowed(actor, OpenRun.allowed);
    return this.unitOfWork.run({ name: 'payments.open-run', actor, idempotency }, (tx) =>
      this.within(tx, payDate, kind),
    );
  }

  /** Says what opening it would do, and whether it can be opened, changing nothing. @throws the same */
  async foresee(actor: Actor, payDate: PlainDate): Promise<Omit<OpenedRun, 'runId'>> {
    mustBeAllowed(actor, OpenRun.allowed);
    const command = { name: 'payments.foresee-run', actor, dryRun: true };
    const { days, isLate } = await this.unitOfWork.run(command, (tx) => this.within(tx, payDate));
    return { payDate, days, isLate };
  }

  /** Opens it inside a transaction that does more: the pay calendar's tick. */
  async within(tx: Transaction, payDate: PlainDate, kind: RunKind = 'section-17'): Promise<OpenedRun> {
    if (weekdayNumber(payDate) > 5) throw notAPayDate(`${payDate} is not a weekday.`);
    if (payDate < addDays(tx.today, -LATE_AT_MOST_DAYS)) throw notAPayDate(`${payDate} is more than a year ago.`);
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const { days, isLate } = runDays(calendars, await arrivesBy(tx, payDate, kind), tx.today);
    if (days.inputDay > addDays(tx.today, LODGED_AT_MOST_DAYS_AHEAD))
      throw tooFarAhead(`Its file would be lodged by ${days.inputDay}, more than 30 days from today.`);
    const { id } = await tx.one<{ id: string }>(
      `insert into payments.run (authority_id, kind, state, pay_date, entry_day, processing_day, input_day, is_late, opened_by)
       values ($1, $8, 'planned', $2, $3, $4, $5, $6, $7) returning id`,
      [
        tx.actor.authorityId,
        payDate,
        days.entryDay,
        days.processingDay,
        days.inputDay,
        isLate,
        tx.actor.userId ?? null,
        kind,
      ],
    );
    await tx.query(`update payments.pay_calendar set run_id = $2 where kind = $3 and pay_date = $1`, [
      ...[payDate, id, kind],
    ]);
    tx.audit({ action: 'payments.run-opened', subjectKind: 'run', subjectId: id, detail: { payDate, kind, isLate } });
    const topic = kind === 'section-17' ? runOpened : grantsRunOpened;
    tx.announce({ topic, key: `run-${id}`, payload: { runId: id } });
    return { runId: id, payDate, days, isLate };
  }
}

/** Says by which day the money of a pay date is to arrive: the day itself, or the earlier one that was planned for it. */
export async function arrivesBy(tx: Transaction, payDate: PlainDate, kind: RunKind): Promise<PlainDate> {
  const planned = await tx.maybe<{ day: PlainDate }>(
    `select least(entry_day, pay_date) as day from payments.pay_calendar where kind = $2 and pay_date = $1`,
    [payDate, kind],
  );
  return planned?.day ?? payDate;
}

/**
 * Finds the three Bacs days of a run as things stand today: the ordinary ones, or the earliest left when they are past.
 * @param arriveBy the pay date, or the earlier day planned for it (`arrivesBy`)
 */
export function runDays(
  calendars: CouncilCalendars,
  arriveBy: PlainDate,
  today: PlainDate,
): { days: BacsDays; isLate: boolean } {
  mustBeKnown(arriveBy, calendars.bacs);
  const ordinary = bacsDays(arriveBy, calendars.council, calendars.bacs);
  if (today <= ordinary.inputDay) return { days: ordinary, isLate: false };
  return { days: lateBacsDays(today, calendars.bacs), isLate: true };
}
