import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { messageAnswered } from '../notice-problems.ts';
import { markAnswered, readFamilyMessage } from '../store/family-message.store.ts';

/** Says what was done about a message of a family. The family sees that it was looked at, not what was written. */
@Injectable()
export class AnswerFamilyMessage {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager', 'finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * @param answer what was done, and the version the person was shown
   * @throws no_such_message, message_answered
   */
  async run(
    actor: Actor,
    messageId: string,
    answer: { readonly note: string; readonly version: number },
    idempotency?: Command['idempotency'],
  ): Promise<{ familyId: string }> {
    mustBeAllowed(actor, AnswerFamilyMessage.allowed);
    const command = { name: 'notices.answer-family-message', actor, ...(idempotency ? { idempotency } : {}) };
    return this.unitOfWork.run(command, async (tx) => {
      const { familyId, state, version } = await readFamilyMessage(tx, messageId, true);
      if (state !== 'open' || version !== answer.version) throw messageAnswered('It is answered already.');
      await markAnswered(tx, messageId, personActing(actor), answer.note);
      tx.audit({
        ...{ action: 'notices.family-message-answered', subjectKind: 'family', subjectId: familyId },
        detail: { message: messageId },
      });
      return { familyId };
    });
  }
}
