import { Injectable, type OnModuleInit } from '@nestjs/common';
import { clockOf } from '../../kernel/index.ts';
import { NoticeOutcomes, noticesByIds } from '../../notices/index.ts';
import { Relay } from '../../outbox/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { keepAsItIs, takeChangeIntoEffect } from '../actions/settle-plan-change.ts';
import { changesIn, lockChangeInNotice } from '../store/plan-change.store.ts';

const CHANGES_AT_ONCE = 1000;

/** Carries changes of plans through their notice: into effect when it was received in time, else the plan is kept. */
@Injectable()
export class PlanChangesInNotice implements OnModuleInit {
  constructor(
    private readonly relay: Relay,
    private readonly unitOfWork: UnitOfWork,
    private readonly outcomes: NoticeOutcomes,
  ) {}

  onModuleInit(): void {
    this.outcomes.whenReceived('amount', (tx, noticeId) => this.received(tx, noticeId));
    this.outcomes.whenReceived('end', (tx, noticeId) => this.received(tx, noticeId));
    this.relay.onTick((authorityId) => this.keepOverdue(authorityId));
  }

  /** A notice arrived: in time, its change takes effect; too late, the plan is kept. A rise waited for nothing. */
  async received(tx: Transaction, noticeId: string): Promise<void> {
    const change = await lockChangeInNotice(tx, noticeId);
    const [notice] = await noticesByIds(tx, [noticeId]);
    if (!change || !notice?.receivedOn || !notice.neededBy) return;
    if (notice.receivedOn <= notice.neededBy) return takeChangeIntoEffect(tx, change);
    await keepAsItIs(
      tx,
      change,
      `The family had the notice on ${notice.receivedOn}; ${notice.neededBy} was the last day.`,
    );
  }

  /** Keeps every plan whose family was not told of a change by the last day its notice was needed. */
  async keepOverdue(authorityId: string): Promise<void> {
    await this.unitOfWork.run({ name: 'subsistence.keep-overdue-plans', actor: clockOf(authorityId) }, async (tx) => {
      const waiting = await changesIn(tx, ['waiting'], '0', CHANGES_AT_ONCE, null);
      const notices = await noticesByIds(
        tx,
        waiting.flatMap(({ noticeId }) => noticeId ?? []),
      );
      const overdue = new Set(
        notices
          .filter(({ receivedOn, neededBy }) => receivedOn === null && neededBy !== null && neededBy < tx.today)
          .map(({ id }) => id),
      );
      for (const { noticeId } of waiting.filter((each) => overdue.has(each.noticeId ?? ''))) {
        const change = await lockChangeInNotice(tx, noticeId ?? '');
        // A receipt may have come meanwhile: then its job decides.
        const [notice] = await noticesByIds(tx, [noticeId ?? '']);
        if (change && notice?.receivedOn === null)
          await keepAsItIs(tx, change, 'Nothing proves that the family was told in time.');
      }
    });
  }
}
