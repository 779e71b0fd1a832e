import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { clockOf } from '../../kernel/index.ts';
import { Relay } from '../../outbox/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { lastDayWaiting } from '../domain/target-days.ts';
import { approvalKinds } from '../views/kinds.view.ts';

/** Notes, on each tick, what waits as long as its target, and escalates what waits longer: once each. */
@Injectable()
export class OverdueTick implements OnModuleInit {
  constructor(
    private readonly relay: Relay,
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  onModuleInit(): void {
    this.relay.onTick(async (authorityId) => void (await this.tick(authorityId)));
  }

  /** @returns how many requests were noted */
  async tick(authorityId: string): Promise<number> {
    return this.unitOfWork.run({ name: 'approvals.note-overdue', actor: clockOf(authorityId) }, async (tx) =>
      note(tx, await this.#cutoffs(tx)),
    );
  }

  /** Finds, for each kind, up to which day something was put forward that is due, or to be escalated, today. */
  async #cutoffs(tx: Transaction): Promise<object[]> {
    const { council } = await this.calendars.of(tx, (await authorityOf(tx)).division);
    return [...(await approvalKinds(tx)).values()].flatMap(({ kind, targetDays, escalateDays, escalatesTo }) => [
      { kind, what: 'reminder', to_role: null, day: lastDayWaiting(council, targetDays, tx.today) },
      { kind, what: 'escalation', to_role: escalatesTo, day: lastDayWaiting(council, escalateDays, tx.today) },
    ]);
  }
}

function note(tx: Transaction, cutoffs: readonly object[]): Promise<number> {
  return tx.execute(
    `insert into approvals.reminder (request_id, authority_id, what, to_role)
     select r.id, r.authority_id, c.what, c.to_role
       from jsonb_to_recordset($1::jsonb) as c(kind text, what text, to_role text, day date)
       join approvals.request r on r.kind = c.kind and r.state = 'open'
        and r.proposed_at < (c.day + 1)::timestamp at time zone 'Europe/London'
      where not exists (select from approvals.reminder m where m.request_id = r.id and m.what = c.what)
     on conflict on constraint pk_reminder do nothing`,
    [JSON.stringify(cutoffs)],
  );
}
