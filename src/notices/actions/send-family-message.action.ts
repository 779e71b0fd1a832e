import { Injectable } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import type { FamilyGuest } from '../access/family-guest.ts';
import { insertFamilyMessage, type NewFamilyMessage } from '../store/family-message.store.ts';

/** What a family is told once its message is here. */
export interface MessageSent {
  readonly messageId: string;
  readonly lookBy: PlainDate;
}

/** Sends what a family writes from its page to the council: a task for a person, to be looked at by the next working day. */
@Injectable()
export class SendFamilyMessage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  /** @throws too_many_messages */
  async run(guest: FamilyGuest, message: NewFamilyMessage, idempotency?: Command['idempotency']): Promise<MessageSent> {
    const { actor, familyId, sessionId } = guest;
    const command = { name: 'notices.send-family-message', actor, ...(idempotency ? { idempotency } : {}) };
    return this.unitOfWork.run(command, async (tx) => {
      const { council } = await this.calendars.of(tx, (await authorityOf(tx)).division);
      const lookBy = council.addWorkingDays(tx.today, 1);
      const messageId = await insertFamilyMessage(tx, { familyId, sessionId }, { ...message, lookBy });
      tx.audit({
        ...{ action: 'notices.family-message-sent', subjectKind: 'family', subjectId: familyId },
        detail: { message: messageId, kind: message.kind },
      });
      return { messageId, lookBy };
    });
  }
}
