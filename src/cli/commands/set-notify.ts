import { SetSender } from '../../notices/index.ts';
import { type CliAnswer, type CliCommand, type Given, UsageError } from '../command.ts';

/** Sets up, or replaces, how a council sends: its own GOV.UK Notify service. */
export const setNotify: CliCommand = {
  ...{ name: 'set-notify', words: 0 },
  usage:
    '--sms-template ID --email-template ID --page-url URL [--base-url URL] [--discreet-sms-sender ID] [--neutral] [--council C], with NOTIFY_API_KEY and NOTIFY_CALLBACK_TOKEN set',
  summary: 'Sets up, or replaces, a council’s own GOV.UK Notify service.',
  details: [
    'Key and token come from the environment, so that no list of processes and no history shows them.',
    'Discreet families get text messages only from a sender of their own, or where no sender’s name says who it is (--neutral).',
  ],
  options: {
    council: { type: 'string' },
    ...{ 'sms-template': { type: 'string' }, 'email-template': { type: 'string' } },
    ...{ 'page-url': { type: 'string' }, 'base-url': { type: 'string' } },
    ...{ 'discreet-sms-sender': { type: 'string' }, neutral: { type: 'boolean' } },
  },
  async run(given: Given): Promise<CliAnswer> {
    const { NOTIFY_API_KEY: apiKey, NOTIFY_CALLBACK_TOKEN: callbackToken } = process.env;
    if (!apiKey || !callbackToken) throw new UsageError('Set NOTIFY_API_KEY and NOTIFY_CALLBACK_TOKEN first.');
    if (callbackToken.length < 20) throw new UsageError('NOTIFY_CALLBACK_TOKEN must have at least 20 characters.');
    const baseUrl = given.text('base-url') ?? 'https://api.notifications.service.gov.uk';
    const templates = {
      smsTemplateId: given.needed('sms-template'),
      emailTemplateId: given.needed('email-template'),
    };
    const pageUrl = given.needed('page-url');
    const house = await given.house();
    const names = {
      discreetSmsSenderId: given.text('discreet-sms-sender') ?? null,
      isNeutral: given.values.neutral === true,
    };
    const set = { ...templates, ...names, baseUrl, apiKey, callbackToken, pageUrl };
    await house.get(SetSender).run(await given.machine(), set);
    return { answer: { set: true, baseUrl, pageUrl } };
  },
};
