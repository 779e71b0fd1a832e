import { Injectable } from '@nestjs/common';
import { type Actor, clockOf } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { noSuchNotice } from '../notice-problems.ts';
import { markConfirmed, readNotice } from '../store/notice.store.ts';

/** Notes that a family said itself that it has seen a notice. It is no proof of the day it was told: that stays receipt's. */
@Injectable()
export class ConfirmNotice {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * @param familyId the family whose page it is: no other family's notice can be confirmed
   * @throws no_such_notice
   */
  async run(authorityId: string, familyId: string, noticeId: string): Promise<void> {
    const actor: Actor = clockOf(authorityId);
    await this.unitOfWork.run({ name: 'notices.confirm', actor }, async (tx) => {
      const notice = await readNotice(tx, noticeId);
      if (notice.familyId !== familyId) throw noSuchNotice('That notice is not of this family.');
      if (!(await markConfirmed(tx, noticeId))) return;
      tx.audit({
        ...{ action: 'notices.notice-confirmed', subjectKind: 'family', subjectId: familyId },
        detail: { notice: noticeId },
      });
    });
  }
}
