import { Injectable, type OnModuleInit } from '@nestjs/common';
import { clockOf } from '../../kernel/index.ts';
import { NoticeOutcomes } from '../../notices/index.ts';
import { Relay } from '../../outbox/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { keepWhole, takeRecoveryIntoEffect } from '../actions/settle-recovery.ts';
import { lockRecoveriesInNotice, type RecoveryRow } from '../store/recovery.store.ts';
import { ChangePreviews } from '../views/change-preview.view.ts';
import { keepUntold, settleReceived, type WaitsForNotice } from './through-notice.ts';

/** Carries agreed recoveries through their notice: payments are smaller only if the family was told in time. */
@Injectable()
export class RecoveriesInNotice implements OnModuleInit {
  constructor(
    private readonly relay: Relay,
    private readonly unitOfWork: UnitOfWork,
    private readonly outcomes: NoticeOutcomes,
    private readonly previews: ChangePreviews,
  ) {}

  readonly #recovery: WaitsForNotice<RecoveryRow> = {
    kinds: ['amount'],
    lock: lockRecoveriesInNotice,
    takeEffect: takeRecoveryIntoEffect,
    keep: async (tx, recoveries, because) => {
      for (const recovery of recoveries) await keepWhole(tx, recovery, because, this.previews);
    },
  };

  onModuleInit(): void {
    this.outcomes.whenReceived('amount', (tx, noticeId) => this.received(tx, noticeId));
    this.relay.onTick((authorityId) => this.keepOverdue(authorityId));
  }

  /** A notice arrived: in time, its recovery counts; too late, payments stay whole. */
  received(tx: Transaction, noticeId: string): Promise<void> {
    return settleReceived(tx, noticeId, this.#recovery);
  }

  /** Keeps payments whole for every family that was not told by the last day its notice was needed. */
  async keepOverdue(authorityId: string): Promise<void> {
    await this.unitOfWork.run({ name: 'subsistence.keep-overdue-recoveries', actor: clockOf(authorityId) }, (tx) =>
      keepUntold(tx, this.#recovery),
    );
  }
}
