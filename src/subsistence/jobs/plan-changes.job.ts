import { Injectable, type OnModuleInit } from '@nestjs/common';
import { clockOf } from '../../kernel/index.ts';
import { isInTime, NoticeOutcomes, noticesByIds, overdueNotices } from '../../notices/index.ts';
import { Relay } from '../../outbox/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { keepAsItIs, takeChangeIntoEffect } from '../actions/settle-plan-change.ts';
import { hadItTooLate, NOT_PROVED_IN_TIME } from '../domain/kept-because.ts';
import { lockChangeInNotice } from '../store/plan-change.store.ts';
import { ChangePreviews } from '../views/change-preview.view.ts';

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

  onModuleInit(): void {
    for (const kind of TELLING) this.outcomes.whenReceived(kind, (tx, noticeId) => this.received(tx, noticeId));
    this.relay.onTick((authorityId) => this.keepOverdue(authorityId));
  }

  /** A notice arrived: in time, its change takes effect; too late, the plan is kept. A rise waited for nothing. */
  async received(tx: Transaction, noticeId: string): Promise<void> {
    const change = await lockChangeInNotice(tx, noticeId);
    const [notice] = await noticesByIds(tx, [noticeId]);
    if (!change || !notice?.receivedOn || !notice.neededBy) return;
    if (isInTime(notice)) return takeChangeIntoEffect(tx, change, this.previews);
    await keepAsItIs(tx, change, hadItTooLate(notice), this.previews);
  }

  /** Keeps every plan whose family was not told of a change by the last day its notice was needed. */
  async keepOverdue(authorityId: string): Promise<void> {
    await this.unitOfWork.run({ name: 'subsistence.keep-overdue-plans', actor: clockOf(authorityId) }, async (tx) => {
      for (const noticeId of await overdueNotices(tx, MAY_BE_OVERDUE)) {
        const change = await lockChangeInNotice(tx, noticeId);
        // A receipt may have come meanwhile: then its job decides.
        const [still] = change ? await overdueNotices(tx, MAY_BE_OVERDUE, [noticeId]) : [];
        if (change && still) await keepAsItIs(tx, change, NOT_PROVED_IN_TIME, this.previews);
      }
    });
  }
}
