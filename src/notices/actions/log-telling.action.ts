import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing, type PlainDate } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { dayDoesNotFit, noSuchNotice, noticeNotOpen } from '../notice-problems.ts';
import { insertSpokenTo } from '../store/attempt.store.ts';
import { markDelivered, markFailed } from '../store/attempt-outcome.store.ts';
import { lockNotices } from '../store/notice.store.ts';
import { noteReceipt } from './note-receipt.ts';

/** What a worker says of telling a family in person. */
export interface Telling {
  readonly how: 'call' | 'visit';
  /** Told and understood, or nobody was reached. */
  readonly outcome: 'told' | 'not-reached';
  /** The day it was: today or before, not before the notice was drafted. */
  readonly on: PlainDate;
  /** Whom they spoke to. */
  readonly spokeTo: string;
  /** What was said, for the record. */
  readonly note: string;
}

/** Logs a call or a visit by which a worker told a family. A call that told it counts as receipt, on its day. */
@Injectable()
export class LogTelling {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager', 'finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_notice, notice_not_open, not_a_safe_way, day_does_not_fit */
  async run(actor: Actor, noticeId: string, telling: Telling): Promise<{ state: string }> {
    mustBeAllowed(actor, LogTelling.allowed);
    return this.unitOfWork.run({ name: 'notices.log-telling', actor }, async (tx) => {
      const [notice] = await lockNotices(tx, [noticeId]);
      if (!notice) throw noSuchNotice('No notice of this council has that number.');
      if (!['serving', 'call_needed', 'received'].includes(notice.state))
        throw noticeNotOpen(`It is ${notice.state.replaceAll('_', ' ')}.`);
      const { how: channel, spokeTo: destination, note: body, on, outcome } = telling;
      if (on < notice.draftedOn || on > tx.today)
        throw dayDoesNotFit(`The notice was drafted on ${notice.draftedOn}.`, [
          { field: 'on', reason: 'Give a day from when the notice was drafted to today.' },
        ]);
      const { familyId } = notice;
      const loggedBy = personActing(actor);
      const id = await insertSpokenTo(tx, { noticeId, familyId, channel, destination, body, loggedBy });
      tx.audit({
        ...{ action: 'notices.telling-logged', subjectKind: 'family', subjectId: familyId },
        detail: { notice: noticeId, how: channel, outcome, on },
      });
      if (outcome === 'not-reached') {
        await markFailed(tx, id, 'Nobody was reached.');
        return { state: notice.state };
      }
      await markDelivered(tx, id, on);
      await noteReceipt(tx, { id, noticeId, familyId, channel }, on);
      return { state: 'received' };
    });
  }
}
