import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { letterNotOut, noLetterKept } from '../notice-problems.ts';
import { attemptsByIds } from '../store/attempt.store.ts';
import { markCameBack } from '../store/letter-queue.store.ts';
import { lockNotices } from '../store/notice.store.ts';
import { afterFailure } from './hear.ts';

/**
 * Logs that a letter printed here came back. Before its day of arrival it never reached the family: its next way is tried.
 * Afterwards the receipt stands, and somebody has to find out where the family lives.
 */
@Injectable()
export class LogReturn {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager', 'finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_letter_kept, letter_not_out */
  async run(actor: Actor, attemptId: string, idempotency?: Command['idempotency']): Promise<{ wasReceived: boolean }> {
    mustBeAllowed(actor, LogReturn.allowed);
    return this.unitOfWork.run({ name: 'notices.log-return', actor, idempotency }, async (tx) => {
      const letter = await lockLetter(tx, attemptId);
      const { noticeId, familyId, channel } = letter;
      const state = await markCameBack(tx, attemptId, personActing(actor));
      if (!state) throw letterNotOut(letter.cameBackOn ? 'Somebody logged that already.' : 'It is not at the post.');
      tx.audit({
        ...{ action: 'notices.letter-came-back', subjectKind: 'family', subjectId: familyId },
        detail: { notice: noticeId, attempt: attemptId, wasReceived: state === 'delivered' },
      });
      if (state === 'failed') await afterFailure(tx, { noticeId, familyId, channel });
      return { wasReceived: state === 'delivered' };
    });
  }
}

async function lockLetter(tx: Transaction, attemptId: string) {
  const [found] = await attemptsByIds(tx, [attemptId]);
  if (found?.channel !== 'letter') throw noLetterKept('No letter of this council has that number.');
  await lockNotices(tx, [found.noticeId]);
  return found;
}
