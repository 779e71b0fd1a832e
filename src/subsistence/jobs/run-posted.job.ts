import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { Money } from '../../kernel/index.ts';
import { JobCatalogue } from '../../outbox/index.ts';
import {
  overpaidLines,
  overpaymentsPaidBackBy,
  PayCalendarTick,
  readRun,
  runCancelled,
  RunFreshness,
  runPosted,
  runSources,
} from '../../payments/index.ts';
import { finishWhatIsPaidBack, stopWhatWasWithdrawn } from '../actions/end-recoveries.ts';
import { ChangePreviews } from '../views/change-preview.view.ts';
import { priceWaitingRuns } from '../actions/price-waiting-runs.ts';
import type { Transaction } from '../../platform/index.ts';
import { pricedDifferently } from '../views/priced-differently.view.ts';
import { promiseFurther, promisedPayDates } from '../store/promise.store.ts';

/** Keeps subsistence's own books on a posted run: overpayments for a person to decide, promised dates one further ahead. */
@Injectable()
export class RunPosted implements OnModuleInit {
  constructor(
    private readonly catalogue: JobCatalogue,
    private readonly calendars: Calendars,
    private readonly payCalendar: PayCalendarTick,
    private readonly freshness: RunFreshness,
    private readonly previews: ChangePreviews,
  ) {}

  onModuleInit(): void {
    this.catalogue.handle(runPosted, (tx, { runId }) => this.run(tx, runId as string));
    this.catalogue.handle(runCancelled, priceWaitingRuns);
    this.payCalendar.promisedBy(promisedPayDates);
    this.freshness.askedOf('section-17', pricedDifferently);
  }

  /** Safe to run twice: both inserts do nothing the second time, and nothing is noted. */
  async run(tx: Transaction, runId: string): Promise<void> {
    await this.#overpayments(tx, runId);
    await finishWhatIsPaidBack(tx, await overpaymentsPaidBackBy(tx, runId));
    const run = await readRun(tx, runId);
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    await priceWaitingRuns(tx);
    await promiseFurther(tx, await runSources(tx, runId), run.payDate, calendars);
  }

  async #overpayments(tx: Transaction, runId: string): Promise<void> {
    const rows = (await overpaidLines(tx, runId)).flatMap(({ sourceId, lineId, overpaidSevenths, withdrawnSevenths }) =>
      (
        [
          ['found', overpaidSevenths],
          ['withdrawn', withdrawnSevenths],
        ] as const
      ).map(([kind, sevenths]) => ({
        ...{ sourceId, lineId, kind, amount: Money.fromPence(BigInt(sevenths) / 7n) },
      })),
    );
    const written = await tx.query<{ plan_id: string; line_id: string; kind: string; amount: string }>(
      `insert into subsistence.overpayment (authority_id, plan_id, line_id, kind, amount)
       select $1, o."sourceId", o."lineId", o.kind, o.amount
         from jsonb_to_recordset($2::jsonb) as o("sourceId" bigint, "lineId" bigint, kind text, amount kernel.gbp)
        -- Two runs priced side by side find the same; numbers go up, so one written after this line was priced is that.
        where not exists (select from subsistence.overpayment known where known.plan_id = o."sourceId" and known.kind = o.kind
                             and known.amount = o.amount and known.line_id <> o."lineId" and known.id > o."lineId")
       on conflict on constraint uq_overpayment_once_a_line do nothing returning plan_id, line_id, kind, amount`,
      [tx.actor.authorityId, JSON.stringify(rows.filter(({ amount }) => amount.isPositive()))],
    );
    const withdrawn = written.filter(({ kind }) => kind === 'withdrawn').map((row) => row.plan_id);
    await stopWhatWasWithdrawn(tx, withdrawn, this.previews);
    for (const { plan_id, line_id, kind, amount } of written)
      tx.audit({
        ...{ action: `subsistence.overpayment-${kind}`, subjectKind: 'plan', subjectId: plan_id },
        detail: { line: line_id, amount },
      });
  }
}
