import { isUuid, oneOf, readFields, text, uuid } from './fields.ts';
import { type KeptMessages, messageShown } from './kept-messages.ts';
import { badRequest, invalid, notFound, pdfNotReady } from './refusal.ts';
import { fill, messageTypes, type Template, templates, templateShown } from './templates.ts';

const STATUSES = [
  ...['created', 'sending', 'pending', 'sent', 'delivered', 'failed'],
  ...['temporary-failure', 'permanent-failure', 'technical-failure'],
  ...['accepted', 'received', 'cancelled', 'pending-virus-check', 'virus-scan-failed', 'validation-failed'],
];

/** Answers one message. @throws Refusal */
export function oneMessage(kept: KeptMessages, id: string, baseUrl: string): Record<string, unknown> {
  return messageShown(messageOf(kept, id), baseUrl);
}

/** Answers a page of messages, newest first, with the address of the next page. @throws Refusal */
export function manyMessages(kept: KeptMessages, query: URLSearchParams, baseUrl: string): Record<string, unknown> {
  const ofMany = { template_type: oneOf(messageTypes), status: oneOf(STATUSES) };
  const fields = { ...ofMany, reference: text, older_than: uuid, include_jobs: text };
  for (const name of ['template_type', 'status'] as const)
    for (const value of query.getAll(name)) readFields({ [name]: value }, { required: {}, optional: ofMany });
  const given = readFields(Object.fromEntries(query), { required: {}, optional: fields });
  const page = kept.page({
    reference: given.reference as string | undefined,
    olderThan: given.older_than as string | undefined,
    statuses: query.has('status') ? query.getAll('status').flatMap(meant) : undefined,
    types: query.has('template_type') ? query.getAll('template_type') : undefined,
  });
  const next = new URLSearchParams(query);
  next.set('older_than', page.at(-1)?.id ?? '');
  return {
    notifications: page.map((each) => messageShown(each, baseUrl)),
    links: {
      current: addressOf(baseUrl, query),
      ...(page.length === 0 ? {} : { next: addressOf(baseUrl, next) }),
    },
  };
}

/** Answers the pages of a letter. @throws Refusal PDFNotReadyError while they are looked at */
export function letterPdf(kept: KeptMessages, id: string): Buffer {
  const message = messageOf(kept, id);
  if (message.type !== 'letter') throw badRequest('Notification is not a letter');
  if (message.status === 'virus-scan-failed') throw badRequest('File did not pass the virus scan');
  if (['validation-failed', 'technical-failure'].includes(message.status))
    throw badRequest(`PDF not available for letters in status ${message.status}`);
  if (message.pages === 0 || message.pdf === null) throw pdfNotReady();
  return message.pdf;
}

/** Answers one template, whichever version was asked for: there is one. @throws Refusal */
export function oneTemplate(id: string, version: string | undefined): Record<string, unknown> {
  return templateShown(templateOf(id, version));
}

/** Answers all templates, or those of one type. @throws Refusal */
export function manyTemplates(query: URLSearchParams): Record<string, unknown> {
  const { type } = readFields(Object.fromEntries(query), { required: {}, optional: { type: oneOf(messageTypes) } });
  return { templates: templates.filter((each) => type === undefined || each.type === type).map(templateShown) };
}

/** Answers what a message would read. @throws Refusal naming the holes left open */
export function previewed(id: string, body: unknown): Record<string, unknown> {
  const template = templateOf(id, undefined);
  const form = readFields(body ?? {}, { required: {}, optional: { personalisation: { type: 'object' } } });
  const filled = fill(template, (form.personalisation ?? {}) as Record<string, unknown>);
  const { postage, type, version } = template;
  const html = type === 'email' ? `<p>${filled.body}</p>` : null;
  return { id: template.id, type, version, ...filled, html, postage };
}

function messageOf(kept: KeptMessages, id: string) {
  if (!isUuid(id)) throw invalid(['notification_id is not a valid UUID']);
  const found = kept.byId(id);
  if (!found) throw notFound();
  return found;
}

function templateOf(id: string, version: string | undefined): Template {
  if (!isUuid(id)) throw invalid(['id is not a valid UUID']);
  const found = templates.find((each) => each.id === id.toLowerCase());
  if (!found || (version !== undefined && version !== String(found.version))) throw notFound();
  return found;
}

/** Asked for by a word that means several. */
function meant(status: string): string[] {
  return status === 'failed' ? ['temporary-failure', 'permanent-failure', 'technical-failure'] : [status];
}

function addressOf(baseUrl: string, query: URLSearchParams): string {
  return `${baseUrl}/v2/notifications${query.size === 0 ? '' : `?${query.toString()}`}`;
}
