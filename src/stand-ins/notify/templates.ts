import { badRequest } from './refusal.ts';

/** The three ways a service can write to somebody. */
export const messageTypes = ['sms', 'email', 'letter'] as const;
export type MessageType = (typeof messageTypes)[number];

/** A template somebody made on Notify's pages. */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly type: MessageType;
  readonly version: number;
  readonly subject: string | null;
  readonly body: string;
  readonly postage: string | null;
}

/** The templates a council makes once: whole texts are written here, so each is one hole or two. */
export const templates: readonly Template[] = [
  {
    ...{ id: '5d2c7a10-6c1f-4c3a-9a50-0d1f00000001', name: 'Text message', type: 'sms' as const, version: 1 },
    ...{ subject: null, body: '((body))', postage: null },
  },
  {
    ...{ id: '5d2c7a10-6c1f-4c3a-9a50-0d1f00000002', name: 'E-mail', type: 'email' as const, version: 1 },
    ...{ subject: '((subject))', body: '((body))', postage: null },
  },
  {
    ...{ id: '5d2c7a10-6c1f-4c3a-9a50-0d1f00000003', name: 'Letter', type: 'letter' as const, version: 1 },
    ...{ subject: '((subject))', body: '((body))', postage: 'second' },
  },
];

/** What a message reads once its holes are filled. */
export interface Filled {
  readonly subject: string | null;
  readonly body: string;
}

const HOLE = /\(\(([^()]+?)\)\)/g;
const LONGEST_TEXT = 918;

/** Finds the template a message is to be made from. @throws Refusal when it is none, or of another type */
export function templateFor(id: string, type: MessageType): Template {
  const found = templates.find((each) => each.id === id.toLowerCase());
  if (!found) throw badRequest('Template not found');
  if (found.type !== type) throw badRequest(`${found.type} template is not suitable for ${type} notification`);
  return found;
}

/** Fills a template's holes. @throws Refusal naming what was not given */
export function fill(template: Template, personalisation: Readonly<Record<string, unknown>>): Filled {
  const given = new Map(Object.entries(personalisation).map(([name, value]) => [plainName(name), written(value)]));
  const whole = `${template.subject ?? ''}${template.body}`;
  const missing = [...whole.matchAll(HOLE)].map(([, name = '']) => name).filter((name) => !given.has(plainName(name)));
  if (missing.length > 0) throw badRequest(`Missing personalisation: ${[...new Set(missing)].join(', ')}`);
  const filled = (text: string): string => text.replace(HOLE, (_, name: string) => given.get(plainName(name)) ?? '');
  return { subject: template.subject === null ? null : filled(template.subject), body: filled(template.body) };
}

/** Refuses a message that says nothing or too much. @throws Refusal */
export function mustBeSendable({ body }: Filled, type: MessageType): void {
  if (body.trim() === '') throw badRequest('Your message is empty.');
  const count = body.trim().length;
  if (type === 'sms' && count > LONGEST_TEXT)
    throw badRequest(
      `Text messages cannot be longer than ${LONGEST_TEXT} characters. Your message is ${count} characters long.`,
    );
}

/** Shows a template as Notify's API does. */
export function templateShown(template: Template): Record<string, unknown> {
  const { letter_contact_block, ...shown } = {
    ...template,
    ...{ created_at: '2026-04-01T09:00:00.000000Z', updated_at: null, created_by: 'council@example.gov.uk' },
    letter_contact_block: null,
  };
  return template.type === 'letter' ? { ...shown, letter_contact_block } : shown;
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
