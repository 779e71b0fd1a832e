import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, Route, UnitOfWork, words } from '../../platform/index.ts';
import { SendTest } from '../actions/send-test.action.ts';
import { seeNotices } from '../actions/see-notices.ts';
import { SetSender } from '../actions/set-sender.action.ts';
import { type SendingShown, sendingShown } from '../views/sending.view.ts';

const sender = z.object({
  baseUrl: z.url({ protocol: /^https?$/ }),
  apiKey: words(300),
  smsTemplateId: z.uuid(),
  emailTemplateId: z.uuid(),
  callbackToken: words(300).min(20, 'Use at least 20 characters.'),
  pageUrl: z.url({ protocol: /^https?$/ }),
  discreetSmsSenderId: z.uuid().nullish(),
  isNeutral: z.boolean().default(false),
});
const test = z.object({ channel: z.enum(['sms', 'email']), to: words(254) });

/** How the council sends, over HTTP. Key and token go in and never come out. */
@Controller()
export class SenderController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly setSender: SetSender,
    private readonly sendTest: SendTest,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/notices/sender', summary: 'How the council sends, and how far it is' },
    allowed: seeNotices,
  })
  show(@AskedBy() asked: Asked): Promise<SendingShown> {
    return this.unitOfWork.read(asked.actor, sendingShown);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/notices/sender', summary: 'Set up, or replace, the council’s GOV.UK Notify' },
    ...{ allowed: { roles: SetSender.allowed.roles }, body: sender },
  })
  async set(@AskedBy() asked: Asked): Promise<{ set: true }> {
    await this.setSender.run(asked.actor, asked.body as z.output<typeof sender>);
    return { set: true };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/notices/sender/test', summary: 'Send a test message to oneself' },
    ...{ allowed: SendTest.allowed, body: test },
  })
  test(@AskedBy() asked: Asked): Promise<{ accepted: true }> {
    const { channel, to } = asked.body as z.output<typeof test>;
    return this.sendTest.run(asked.actor, channel, to, asked.idempotency);
  }
}
