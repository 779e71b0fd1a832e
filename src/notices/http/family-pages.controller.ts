import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, pageQuery, paragraphs, Route, UnitOfWork, words } from '../../platform/index.ts';
import { AnswerFamilyMessage } from '../actions/answer-family-message.action.ts';
import { type AccessEnded, EndFamilyAccess } from '../actions/end-family-access.action.ts';
import { GiveFamilyCode } from '../actions/give-family-code.action.ts';
import { type OpenMessage, openMessages } from '../views/open-messages.view.ts';

const answering = z.object({ note: paragraphs(1000), version: z.number().int() });
const ending = z.object({ reason: words(300) });

/** What families write from their own pages, and what opens those pages, over HTTP. */
@Controller()
export class FamilyPagesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly answerMessage: AnswerFamilyMessage,
    private readonly giveCode: GiveFamilyCode,
    private readonly endAccess: EndFamilyAccess,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/family-messages', summary: 'Messages of families that wait for an answer' },
    ...{ allowed: AnswerFamilyMessage.allowed, query: pageQuery, audit: 'notices.family-messages-listed' },
  })
  async messages(@AskedBy() { actor, query }: Asked): Promise<OpenMessage[]> {
    const { after, limit } = query as z.output<typeof pageQuery>;
    return this.unitOfWork.run({ name: 'notices.list-family-messages', actor }, async (tx) => {
      tx.audit({ action: 'notices.family-messages-listed', subjectKind: 'family', subjectId: '' });
      return openMessages(tx, { after, limit });
    });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/family-messages/:id/answer', summary: 'Say what was done about a message' },
    ...{ allowed: AnswerFamilyMessage.allowed, body: answering, audit: 'notices.family-message-answered' },
  })
  answer(@AskedBy() { actor, body, idempotency }: Asked, @Param('id') id: string): Promise<{ familyId: string }> {
    return this.answerMessage.run(actor, number(id), body as z.output<typeof answering>, idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/families/:id/page-code',
      summary: 'Make a code that opens a family’s own page',
    },
    ...{ allowed: GiveFamilyCode.allowed, audit: 'notices.family-code-given' },
  })
  code(@AskedBy() { actor }: Asked, @Param('id') id: string): Promise<{ code: string }> {
    return this.giveCode.run(actor, number(id));
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/families/:id/page-end',
      summary: 'Take back all that opens a family’s own page',
    },
    ...{ allowed: EndFamilyAccess.allowed, body: ending, audit: 'notices.family-access-ended' },
  })
  end(@AskedBy() { actor, body }: Asked, @Param('id') id: string): Promise<AccessEnded> {
    return this.endAccess.run(actor, number(id), (body as z.output<typeof ending>).reason);
  }
}
