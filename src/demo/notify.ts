import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { operatorOf } from '../kernel/index.ts';
import { SetSender } from '../notices/index.ts';
import type { Children } from './children.ts';

/** Starts a stand-in for GOV.UK Notify that calls back to the web front, and sets the council up to send through it. */
export async function startNotify(
  app: INestApplicationContext,
  children: Children,
  authorityId: string,
  webUrl: string,
): Promise<void> {
  const apiKey = `northshire-${randomUUID()}-${randomUUID()}`;
  const callbackToken = randomUUID();
  const { said, templates } = await children.start('stand-ins/notify', {}, [
    ...['--api-key', apiKey, '--callback-url', `${webUrl}/notify/northshire/callback`],
    ...['--callback-token', callbackToken, '--callback-retry-ms', '1000', '--delivered-after-ms', '300'],
  ]);
  await app.get(SetSender).run(operatorOf(authorityId), {
    ...{ baseUrl: said, apiKey, callbackToken, pageUrl: webUrl },
    ...{ smsTemplateId: templates?.sms ?? '', emailTemplateId: templates?.email ?? '' },
    // A neutral name, made at Notify for the families that must not be named.
    discreetSmsSenderId: randomUUID(),
  });
}
