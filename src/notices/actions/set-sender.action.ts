import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { FieldSeal, UnitOfWork } from '../../platform/index.ts';
import { drain } from '../notice-jobs.ts';
import { NotifyGateway } from '../notify/notify-gateway.ts';
import { tokenDigest } from '../notify/token-digest.ts';
import { sealedApiKey } from '../sending/api-key.ts';
import { keepSender } from '../store/sender.store.ts';

/** How a council is to send, as an operator gives it. */
export interface SenderToSet {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly smsTemplateId: string;
  readonly emailTemplateId: string;
  /** What GOV.UK Notify is told to send with its callbacks. */
  readonly callbackToken: string;
  /** The text message sender discreet families see, by its id at Notify; made there under "Text message settings". */
  readonly discreetSmsSenderId?: string | null;
  /** Whether the service's own names, in text messages and e-mail, say nothing of the council. */
  readonly isNeutral?: boolean;
  /** The address families' links begin with. */
  readonly pageUrl: string;
}

/** Sets up a council's own GOV.UK Notify service, for the operator. The key is sealed; the token is kept as its digest. */
@Injectable()
export class SetSender {
  static readonly allowed: Allowed = { roles: ['administrator'], machine: true };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
  ) {}

  /** @throws notify_key_refused */
  async run(actor: Actor, { apiKey, callbackToken, pageUrl, ...sender }: SenderToSet): Promise<void> {
    mustBeAllowed(actor, SetSender.allowed);
    const { baseUrl, smsTemplateId: smsTemplate, emailTemplateId: emailTemplate } = sender;
    void new NotifyGateway({ baseUrl, apiKey, smsTemplateId: smsTemplate, emailTemplateId: emailTemplate });
    await this.unitOfWork.run({ name: 'notices.set-sender', actor }, async (tx) => {
      await keepSender(tx, {
        ...{ baseUrl, smsTemplate, emailTemplate, pageUrl: pageUrl.replace(/\/+$/, '') },
        ...{ discreetSmsSender: sender.discreetSmsSenderId ?? null, isNeutral: sender.isNeutral ?? false },
        sealedKey: sealedApiKey(this.seal, actor.authorityId, apiKey),
        callbackTokenSha256: tokenDigest(callbackToken),
      });
      // What waited for another key is sent now.
      tx.announce({ topic: drain, key: `sender-${randomUUID()}`, payload: {} });
      tx.audit({
        ...{ action: 'notices.sender-set', subjectKind: 'council', subjectId: actor.authorityId },
        detail: { baseUrl },
      });
    });
  }
}
