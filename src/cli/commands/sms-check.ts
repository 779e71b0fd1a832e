import { smsCheck } from '../../notices/index.ts';
import type { CliAnswer, CliCommand, Given } from '../command.ts';

/** Shows what becomes of a text message on its way. Needs no database. */
export const checkSms: CliCommand = {
  ...{ name: 'sms-check', usage: '--text T [--json]', words: 0, options: { text: { type: 'string' } } },
  summary: 'Shows how a text message arrives when GOV.UK Notify sends it, and as how many parts.',
  details: [
    'Letters that Notify cannot send become plain ones or question marks; "lossless" says whether none did.',
    'A part holds 160 letters (153 where there are several), 70 (67) when a Welsh letter such as ŵ or í is among them.',
  ],
  async run(given: Given): Promise<CliAnswer> {
    const { output, parts, lossless } = smsCheck(given.needed('text'));
    return { answer: { output, parts, lossless } };
  },
};
