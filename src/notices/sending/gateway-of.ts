import type { FieldSeal } from '../../platform/index.ts';
import { NotifyGateway } from '../notify/notify-gateway.ts';
import type { SenderRow } from '../store/sender.store.ts';
import { apiKeyOf } from './api-key.ts';

/** Opens a council's way to GOV.UK Notify, for whoever sends or asks. */
export function gatewayOf(seal: FieldSeal, authorityId: string, sender: SenderRow, isDiscreet = false): NotifyGateway {
  return new NotifyGateway({
    ...{ baseUrl: sender.baseUrl, apiKey: apiKeyOf(seal, authorityId, sender.sealedKey) },
    ...{ smsTemplateId: sender.smsTemplate, emailTemplateId: sender.emailTemplate },
    // Only discreet families' messages go by it; with neutral names everybody's may.
    ...(isDiscreet && sender.discreetSmsSender ? { smsSenderId: sender.discreetSmsSender } : {}),
  });
}
