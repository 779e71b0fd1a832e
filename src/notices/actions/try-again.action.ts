import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { drain } from '../notice-jobs.ts';
import { noSuchNotice, noticeNotOpen, notASafeWay, sameWayFailed } from '../notice-problems.ts';
import { attemptsOf, insertAttempts } from '../store/attempt.store.ts';
import { lockNotices, moveNotices, type NoticeRow } from '../store/notice.store.ts';
import { composeAttempt, composing, type SentWay } from './compose-attempt.ts';
import { composingFor, linkedFamilies, noticeReach } from './notice-reach.ts';
import { type Served, tryNextWay } from './serve-notices.ts';

type Idempotency = Command['idempotency'];

/** Tries again to tell a family: by its next way at once, or by a way that failed, once its details were put right. */
@Injectable()
export class TryAgain {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager', 'finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Tries the family's next way now, beside what is under way. @throws no_such_notice, notice_not_open */
  async nextWay(actor: Actor, noticeId: string, idempotency?: Idempotency): Promise<Served> {
    mustBeAllowed(actor, TryAgain.allowed);
    return this.unitOfWork.run({ name: 'notices.try-next-way', actor, idempotency }, async (tx) =>
      tryNextWay(tx, [await openNotice(tx, noticeId)]),
    );
  }

  /**
   * Sends by a way that failed before, to the family's details as they are now: they must differ from where it failed.
   * @throws no_such_notice, notice_not_open, not_a_safe_way, same_way_failed
   */
  async sameWay(actor: Actor, noticeId: string, way: SentWay, idempotency?: Idempotency): Promise<void> {
    mustBeAllowed(actor, TryAgain.allowed);
    await this.unitOfWork.run({ name: 'notices.send-again', actor, idempotency }, async (tx) => {
      const notice = await openNotice(tx, noticeId);
      const family = (await noticeReach(tx, [notice])).get(notice.id);
      const help = await composing(tx, linkedFamilies(family ? [family] : []));
      if (!family?.ways.includes(way) || !help.canSend(way, family))
        throw notASafeWay('The family has no such way now.');
      const attempt = composeAttempt(way, notice, family, composingFor(family, help));
      const before = (await attemptsOf(tx, [noticeId])).filter(({ channel }) => channel === way);
      if (before.some(({ state, destination }) => state === 'failed' && destination === attempt.destination))
        throw sameWayFailed('It would go where it failed before.');
      if (before.some(({ state }) => ['queued', 'sending', 'accepted'].includes(state)))
        throw sameWayFailed('One by this way is still on its way.');
      await insertAttempts(tx, [attempt]);
      if (notice.state !== 'serving') await moveNotices(tx, [noticeId], 'serving');
      tx.audit({
        ...{ action: 'notices.notice-sent-again', subjectKind: 'family', subjectId: notice.familyId },
        detail: { notice: noticeId, channel: way },
      });
      tx.announce({ topic: drain, key: `${noticeId}-${way}-${before.length}`, payload: {} });
    });
  }
}

async function openNotice(tx: Transaction, noticeId: string): Promise<NoticeRow> {
  const [notice] = await lockNotices(tx, [noticeId]);
  if (!notice) throw noSuchNotice('No notice of this council has that number.');
  if (!['serving', 'call_needed'].includes(notice.state))
    throw noticeNotOpen(`It is ${notice.state.replaceAll('_', ' ')}.`);
  return notice;
}
