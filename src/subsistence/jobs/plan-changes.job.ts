import { Injectable, type OnModuleInit } from '@nestjs/common';
import { clockOf } from '../../kernel/index.ts';
import { NoticeOutcomes } from '../../notices/index.ts';
import { Relay } from '../../outbox/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { keepAsItIs, takeChangeIntoEffect } from '../actions/settle-plan-change.ts';
import { lockChangesInNotice, type PlanChangeRow } from '../store/plan-change.store.ts';
import { ChangePreviews } from '../views/change-preview.view.ts';
import { keepUntold, settleReceived, type WaitsForNotice } from './through-notice.ts';

/** Kinds of notice that tell of a change of a plan that waits. */
const TELLING = ['amount', 'end'] as const;
const MAY_BE_OVERDUE = [...TELLING, 'decision'] as const;

/** Carries changes of plans through their notice: into effect when it was received in time, else the plan is kept. */
@Injectable()
export class PlanChangesInNotice implements OnModuleInit {
  constructor(
    private readonly relay: Relay,
    private readonly unitOfWork: UnitOfWork,
    private readonly outcomes: NoticeOutcomes,
    private readonly previews: ChangePreviews,
  ) {}

  readonly #change: WaitsForNotice<PlanChangeRow> = {
    kinds: MAY_BE_OVERDUE,
    lock: lockChangesInNotice,
    takeEffect: (tx, change) => takeChangeIntoEffect(tx, change, this.previews),
    keep: async (tx, changes, because) => {
      for (const change of changes) await keepAsItIs(tx, change, because, this.previews);
    },
  };

  onModuleInit(): void {
    for (const kind of TELLING) this.outcomes.whenReceived(kind, (tx, noticeId) => this.received(tx, noticeId));
    this.relay.onTick((authorityId) => this.keepOverdue(authorityId));
  }

  /** A notice arrived: in time, its change takes effect; too late, the plan is kept. A rise waited for nothing. */
  received(tx: Transaction, noticeId: string): Promise<void> {
    return settleReceived(tx, noticeId, this.#change);
  }

  /** Keeps every plan whose family was not told of a change by the last day its notice was needed. */
  async keepOverdue(authorityId: string): Promise<void> {
    await this.unitOfWork.run({ name: 'subsistence.keep-overdue-plans', actor: clockOf(authorityId) }, (tx) =>
      keepUntold(tx, this.#change),
    );
  }
}
