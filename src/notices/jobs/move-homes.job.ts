import { Injectable, type OnModuleInit } from '@nestjs/common';
import { clockOf } from '../../kernel/index.ts';
import { Relay } from '../../outbox/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { moveFamily } from '../actions/settle-move-home.action.ts';
import { isInTime } from '../domain/in-time.ts';
import { lockMoveHome, plannedMoveHomes } from '../store/move-home.store.ts';
import { noticesByIds } from '../store/notice.store.ts';

const MOVES_AT_ONCE = 500;

/** Moves families on their day, on each tick: those who were told in time, and emergencies a manager allowed. */
@Injectable()
export class MoveHomes implements OnModuleInit {
  constructor(
    private readonly relay: Relay,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.relay.onTick((authorityId) => this.moveOnTheDay(authorityId));
  }

  async moveOnTheDay(authorityId: string): Promise<void> {
    await this.unitOfWork.run({ name: 'notices.move-on-the-day', actor: clockOf(authorityId) }, async (tx) => {
      const due = await plannedMoveHomes(tx, tx.today, MOVES_AT_ONCE);
      if (due.length === 0) return;
      const notices = await noticesByIds(
        tx,
        due.map(({ noticeId }) => noticeId),
      );
      const toldInTime = new Set(notices.filter(isInTime).map(({ id }) => id));
      for (const { id, noticeId, urgentBy } of due) {
        if (!urgentBy && !toldInTime.has(noticeId)) continue;
        const move = await lockMoveHome(tx, id);
        if (move.state === 'planned') await moveFamily(tx, move);
      }
    });
  }
}
