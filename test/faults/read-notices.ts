import type { INestApplicationContext } from '@nestjs/common';
import { operatorOf } from '../../src/kernel/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import type { Council } from './council.ts';
import type { AttemptInBooks, ChangeInBooks, NoticeBooks } from './notice-tally.ts';

/** Reads what the database and Notify's own receipts hold of who was told. */
export async function readNotices(
  app: INestApplicationContext,
  council: Council,
  notify: StandInNotify,
): Promise<NoticeBooks> {
  const { accepted: takenIn } = await notify.account();
  return app.get(UnitOfWork).read(operatorOf(council.authorityId), async (tx) => ({
    takenIn,
    attempts: await tx.query<AttemptInBooks>(
      `select reference, channel, state from notices.attempt where channel in ('sms', 'email', 'letter') order by id`,
    ),
    changes: await tx.query<ChangeInBooks>(
      `select c.plan_id as "planId", c.state, coalesce(n.received_on <= n.needed_by, false) as "isToldInTime"
         from subsistence.pay_day_change c join notices.notice n on n.id = c.notice_id order by c.id`,
    ),
    received: (
      await tx.one<{ n: number }>(`select count(*)::int as n from notices.notice where received_on is not null`)
    ).n,
  }));
}
