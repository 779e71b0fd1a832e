import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { seeAdministration } from '../../identity/index.ts';
import { sendingShown, SendTest, SetSender } from '../../notices/index.ts';
import { UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { terms } from './notice-terms.ts';
import { noticeUrls } from './notices.urls.ts';

const address = z.url({ protocol: /^https?$/, error: 'Write an address that begins with https://.' });
const template = z.uuid('Copy the template’s id from GOV.UK Notify.');
const setting = z.object({
  ...{ baseUrl: address, apiKey: words(300), smsTemplateId: template, emailTemplateId: template, pageUrl: address },
  callbackToken: words(300).min(20, 'Use at least 20 characters.'),
  discreetSmsSenderId: z
    .union([z.literal(''), template])
    .optional()
    .transform((id) => id || null),
  isNeutral: z
    .literal('yes')
    .optional()
    .transform((ticked) => ticked === 'yes'),
});
const testing = z.object({ channel: z.enum(['sms', 'email'], 'Choose one.'), to: words(254) });
const NOTIFY = 'https://api.notifications.service.gov.uk';
const change = { roles: SetSender.allowed.roles };

/** How the council sends: its own GOV.UK Notify service, whether it is paused and why, and what it costs. */
@Controller()
export class SendingPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly setSender: SetSender,
    private readonly sendTest: SendTest,
  ) {}

  @Page({ method: 'GET', path: noticeUrls.sending, title: 'Sending', allowed: seeAdministration, audit: null })
  async sending(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, sendingShown);
    const mayChange = visit.person.roles.some((role) => change.roles.includes(role));
    return show('notices/sending.njk', { ...data, terms, mayChange, council: visit.council });
  }

  @Page({
    method: 'GET',
    path: noticeUrls.setSender,
    title: 'Change how the council sends',
    allowed: change,
    audit: null,
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit);
  }

  @Page({
    ...{ method: 'POST', path: noticeUrls.setSender, title: 'Change how the council sends' },
    ...{ allowed: change, audit: 'notices.sender-set' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.setSender.run(visit.actor, read(setting, visit.form));
        return goTo(noticeUrls.sending, 'Changed. Send yourself a test message to see that it works.');
      },
      () => this.#form(visit),
    );
  }

  @Page({
    method: 'GET',
    path: noticeUrls.sendTest,
    title: 'Send a test message',
    allowed: SendTest.allowed,
    audit: null,
  })
  askTest(@Visiting() visit: Visit): View {
    return show('notices/test.njk', { values: { channel: 'email', to: visit.person.email } });
  }

  @Page({
    ...{ method: 'POST', path: noticeUrls.sendTest, title: 'Send a test message', allowed: SendTest.allowed },
    audit: 'notices.test-sent',
  })
  test(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { channel, to } = read(testing, visit.form);
        await this.sendTest.run(visit.actor, channel, to, visit.idempotency);
        return goTo(noticeUrls.sending, 'GOV.UK Notify took the test message in. Look whether it arrives.');
      },
      () => show('notices/test.njk', { values: visit.form }),
    );
  }

  async #form(visit: Visit): Promise<View> {
    const { sender } = await this.unitOfWork.read(visit.actor, sendingShown);
    // The key and the token are asked for anew: what is kept is not shown to anybody.
    const now = {
      baseUrl: NOTIFY,
      ...sender,
      smsTemplateId: sender?.smsTemplate,
      emailTemplateId: sender?.emailTemplate,
      discreetSmsSenderId: sender?.discreetSmsSender,
      isNeutral: sender?.isNeutral ? 'yes' : undefined,
    };
    const isTyped = Object.keys(visit.form).length > 0;
    return show('notices/set-sender.njk', { sender, values: isTyped ? visit.form : now });
  }
}
