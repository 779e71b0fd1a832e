import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { bacsDays, Calendars, openingDay } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { clockOf, DomainError, type PlainDate } from '../../kernel/index.ts';
import { Relay } from '../../outbox/index.ts';
import { LOGGER, type Logger, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { OpenRun } from '../actions/open-run.action.ts';

/** A pay date that was promised, and the earliest day the money was promised to arrive. */
export interface PromisedPayDate {
  readonly payDate: PlainDate;
  readonly arrivesOn: PlainDate;
}
/** Gives the pay dates a room has promised around now, for the pay calendar. Registered by that room. */
export type PromisedPayDates = (tx: Transaction) => Promise<PromisedPayDate[]>;

/**
 * Keeps the pay calendar and opens what is due, on every tick.
 *
 * The calendar's rows are the memory: a missed tick, or a worker that was away for days, loses nothing. A date whose
 * cut-off has passed is left for a person, who sees it as missed and can run it late.
 */
@Injectable()
export class PayCalendarTick implements OnModuleInit {
  #promised: PromisedPayDates = async () => [];

  constructor(
    private readonly relay: Relay,
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
    private readonly openRun: OpenRun,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.relay.onTick((authorityId) => this.tick(authorityId));
  }

  promisedBy(promised: PromisedPayDates): void {
    this.#promised = promised;
  }

  /** Plans the coming pay dates, then opens each that is due, each in its own transaction. */
  async tick(authorityId: string): Promise<void> {
    const actor = clockOf(authorityId);
    const due = await this.unitOfWork.run({ name: 'payments.plan-calendar', actor }, async (tx) => {
      await this.#plan(tx);
      const rows = await tx.query<{ pay_date: PlainDate }>(
        `select pay_date from payments.pay_calendar
          where kind = 'section-17' and run_id is null and opens_on <= $1 and input_day >= $1 order by pay_date`,
        [tx.today],
      );
      return rows.map((row) => row.pay_date);
    });
    for (const payDate of due) await this.#open(authorityId, payDate);
  }

  async #open(authorityId: string, payDate: PlainDate): Promise<void> {
    const actor = clockOf(authorityId);
    try {
      await this.unitOfWork.run({ name: 'payments.open-due-run', actor }, async (tx) => {
        const row = await tx.maybe(
          `select 1 from payments.pay_calendar where kind = 'section-17' and pay_date = $1 and run_id is null for update skip locked`,
          [payDate],
        );
        if (row) await this.openRun.within(tx, payDate);
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // Somebody opened it between our look and our claim: the calendar is told which run it is.
      this.log.info({ event: 'payments.due-run-not-opened', authorityId, payDate, code: error.code });
    }
  }

  async #plan(tx: Transaction): Promise<void> {
    const { division, leadDays } = await authorityOf(tx);
    const calendars = await this.calendars.of(tx, division);
    const rows = (await this.#promised(tx)).map(({ payDate, arrivesOn }) => {
      // A day that is no holiday after all was promised as one: what was promised is kept.
      const days = bacsDays(arrivesOn, calendars.council, calendars.bacs);
      return { pay_date: payDate, opens_on: openingDay(days.inputDay, leadDays, calendars.council), ...days };
    });
    await tx.query(
      `insert into payments.pay_calendar as c (authority_id, kind, pay_date, opens_on, input_day, processing_day, entry_day, run_id)
       select $1, 'section-17', p.pay_date, p.opens_on, p."inputDay", p."processingDay", p."entryDay", r.id
         from jsonb_to_recordset($2::jsonb) as p(pay_date date, opens_on date, "inputDay" date, "processingDay" date, "entryDay" date)
         left join payments.run r on r.kind = 'section-17' and r.pay_date = p.pay_date and r.state <> 'cancelled'
       on conflict on constraint pk_pay_calendar do update
         set opens_on = excluded.opens_on, input_day = excluded.input_day, processing_day = excluded.processing_day,
             entry_day = excluded.entry_day, run_id = coalesce(c.run_id, excluded.run_id)
       where c.run_id is null`,
      [tx.actor.authorityId, JSON.stringify(rows)],
    );
  }
}
