import type { Language } from '../domain/languages.ts';
import type { NoticeFacts } from '../domain/notice-facts.ts';
import type { Block, Speaker } from '../domain/written.ts';
import { discreetLines } from './discreet.ts';
import { Voice } from './voice.ts';
import { writtenFor } from './written-for.ts';

/** An e-mail as GOV.UK Notify takes it: plain lines, `#` before a heading, `*` before an item. */
export interface Email {
  readonly subject: string;
  readonly body: string;
}

/** Writes the e-mail of a notice. A discreet one says as little as the text message, inside as outside. */
export function emailFor(facts: NoticeFacts, language: Language, speaker: Speaker): Email {
  const voice = new Voice(language, speaker);
  if (speaker.isDiscreet) {
    const body = [voice.say('greeting'), ...discreetLines(voice, facts)].join('\n\n');
    return { subject: voice.say('discreetSubject'), body };
  }
  const { subject, greeting, blocks, closing } = writtenFor(facts, language, speaker);
  const page = speaker.link === null ? [] : [`${voice.say('page')}\n${speaker.link}`];
  return { subject, body: [greeting, ...blocks.map(markdown), ...page, closing].join('\n\n') };
}

function markdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `# ${block.text}`;
    case 'as-written':
      return plainLines(block.text);
    case 'facts':
      return block.rows.map(({ label, value }) => `* ${label}: ${plainLines(value)}`).join('\n');
    case 'list':
      return block.items.map((item) => `* ${plainLines(item)}`).join('\n');
    case 'payments':
      return paymentLines(block);
    case 'lead':
    case 'paragraph':
    default:
      return block.text;
  }
}

function paymentLines({ head, rows }: Extract<Block, { kind: 'payments' }>): string {
  const lines = rows.map(({ arrives, amount, lastsUntil, note }) =>
    [`* ${arrives}: ${amount}`, `${head.lastsUntil}: ${lastsUntil}`, ...(note === null ? [] : [note])].join('. '),
  );
  return lines.join('\n');
}

/** Keeps what a person wrote from becoming a heading, a list or a placeholder of Notify's. */
function plainLines(text: string): string {
  return text
    .replaceAll('((', '( (')
    .split(/\s*\n\s*/)
    .map((line) => line.replace(/^[#*^>-]+\s*/, ''))
    .join('\n');
}
