import { bacsDays, type CouncilCalendars, type WorkingCalendar } from '../../calendar/index.ts';
import { later, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { RunState } from '../run.states.ts';
import type { RunKind } from '../store/run.store.ts';
import { arrivesBy, runDays } from './open-run.action.ts';

/** A run whose days a bank holiday changed, or would have. */
export interface HolidayRun {
  readonly runId: string;
  readonly payDate: PlainDate;
  readonly state: RunState;
  /** The day its money was to arrive, and the day it arrives now. */
  readonly before: PlainDate;
  readonly arrivesOn: PlainDate;
  readonly isLate: boolean;
}

type Row = Pick<HolidayRun, 'runId' | 'payDate' | 'state' | 'before' | 'isLate'> & {
  readonly kind: RunKind;
  readonly inputDay: PlainDate;
  readonly processingDay: PlainDate;
};

const COLUMNS = `id as "runId", kind, pay_date as "payDate", state, entry_day as before, is_late as "isLate",
  input_day as "inputDay", processing_day as "processingDay"`;

/**
 * Gives open runs the days they have after a bank holiday was entered, in the transaction that entered it.
 *
 * Who decided about a run decided about its payments, not its days: those follow the banks until it is released.
 */
export async function replanRuns(tx: Transaction, calendars: CouncilCalendars): Promise<HolidayRun[]> {
  const open = await tx.query<Row>(
    `select ${COLUMNS} from payments.run where state in ('planned', 'pricing', 'priced', 'in_approval', 'approved') and kind not in ('emergency', 'put-right')
        and entry_day >= $1 order by pay_date for update`,
    [tx.today],
  );
  const replanned: HolidayRun[] = [];
  for (const { inputDay, processingDay, ...run } of open) {
    if (!isUpset({ ...run, inputDay, processingDay }, calendars)) continue;
    const { days, isLate } = runDays(calendars, await arrivesBy(tx, run.payDate, run.kind), tx.today);
    await tx.query(
      `update payments.run set entry_day = $2, processing_day = $3, input_day = $4, is_late = $5, version = version + 1
        where id = $1`,
      [run.runId, days.entryDay, days.processingDay, days.inputDay, isLate],
    );
    tx.audit({
      action: 'payments.run-replanned',
      subjectKind: 'run',
      subjectId: run.runId,
      detail: { ...days, isLate },
    });
    replanned.push({ ...run, arrivesOn: days.entryDay, isLate });
  }
  return replanned;
}

/**
 * Lists released runs whose money was to arrive on a day that is a holiday now: nothing here can change them any more.
 * The bank takes such a file on the next day it works.
 */
export async function runsPastChanging(tx: Transaction, calendars: CouncilCalendars): Promise<HolidayRun[]> {
  const released = await tx.query<Row>(
    `select ${COLUMNS} from payments.run where state in ('releasing', 'posted', 'exported') and kind not in ('emergency', 'put-right') and entry_day >= $1 order by pay_date`,
    [tx.today],
  );
  const { bacs } = calendars;
  return released
    .map(({ processingDay, ...run }) => {
      const arrivesOn = paidOutOn(processingDay, run.before, bacs);
      return { ...run, arrivesOn, isLate: arrivesOn > run.before };
    })
    .filter((run) => run.isLate);
}

/** Gives the pay dates among some whose runs were released: what is promised for them is as it is sent. */
export async function releasedPayDates(tx: Transaction, payDates: readonly PlainDate[]): Promise<Set<PlainDate>> {
  const rows = await tx.query<{ day: PlainDate }>(
    `select pay_date as day from payments.run where kind = 'section-17' and pay_date = any ($1::date[])
        and state in ('releasing', 'posted', 'exported')`,
    [payDates],
  );
  return new Set(rows.map((row) => row.day));
}

/** Says whether a holiday fell on one of a run's days. */
function isUpset({ inputDay, processingDay, before }: Row, { council, bacs }: CouncilCalendars): boolean {
  return (
    bacsDays(before, council, bacs).entryDay !== before ||
    ![inputDay, processingDay].every((day) => bacs.isWorkingDay(day))
  );
}

/** Finds when the banks pay out a file whose days were fixed before one of them became a holiday. */
function paidOutOn(processingDay: PlainDate, entryDay: PlainDate, bacs: WorkingCalendar): PlainDate {
  const paid = bacs.addWorkingDays(bacs.workingDayOnOrAfter(processingDay), 1);
  return later(paid, bacs.workingDayOnOrAfter(entryDay));
}
