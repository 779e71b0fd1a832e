import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { faultsAsked } from './faults.ts';
import { letterPdf, manyMessages, manyTemplates, oneMessage, oneTemplate, previewed } from './looking.ts';
import { badRequest, fault, refusal, Refusal } from './refusal.ts';
import { isMessageType } from './sending.ts';
import type { Service } from './service.ts';

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly baseUrl: string;
  readonly body: string;
}

/** An answer to write, or nothing when the connection is to be dropped. */
type Answer = { readonly status: number; readonly body: object | Buffer } | undefined;

const CONTROL = '/_control';

/** Makes the server: Notify's contract below `/v2`, and beside it what tests ask for. */
export function standInServer(service: Service): Server {
  return createServer((request, response) => {
    void answered(service, request).then((answer) => write(response, answer));
  });
}

async function answered(service: Service, request: IncomingMessage): Promise<Answer> {
  try {
    const asked = await read(request);
    if (asked.url.pathname === CONTROL) return control(service, asked);
    const answer = await contract(service, asked, request.headers.authorization);
    await service.dawdle();
    return answer;
  } catch (error) {
    return refusedWith(error);
  }
}

async function contract(service: Service, asked: Asked, authorization: string | undefined): Promise<Answer> {
  try {
    service.mustKnow(authorization);
    return asked.method === 'POST' ? await post(service, asked) : get(service, asked);
  } catch (error) {
    return refusedWith(error);
  }
}

function refusedWith(error: unknown): Answer {
  const refused = error instanceof Refusal ? error : fault(500);
  return { status: refused.status, body: refused.body };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const baseUrl = `http://${request.headers.host ?? 'localhost'}`;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  return { method: request.method ?? 'GET', url: new URL(request.url ?? '/', baseUrl), baseUrl, body };
}

function control(service: Service, { method, body }: Asked): Answer {
  if (method !== 'POST') return { status: 200, body: service.account() };
  const asked = faultsAsked.safeParse(jsonIn(body));
  if (!asked.success) return { status: 400, body: { wrong: asked.error.issues } };
  service.ask(asked.data);
  return { status: 200, body: asked.data };
}

async function post(service: Service, { url, body, baseUrl }: Asked): Promise<Answer> {
  const [, , what, word = '', last] = url.pathname.split('/');
  if (what === 'template' && last === 'preview') return { status: 200, body: previewed(word, jsonIn(body)) };
  if (what !== 'notifications' || !isMessageType(word) || last !== undefined) throw nowhere();
  const answer = await service.send(word, jsonIn(body), baseUrl);
  return service.losesReply() ? undefined : { status: 201, body: answer };
}

function get(service: Service, { url, baseUrl }: Asked): Answer {
  service.mustAnswerLookups();
  const [, , what, word, last, version] = url.pathname.split('/');
  const found = (body: object): Answer => ({ status: 200, body });
  if (what === 'notifications' && word === undefined)
    return found(manyMessages(service.kept, url.searchParams, baseUrl));
  if (what === 'notifications' && word && last === undefined) return found(oneMessage(service.kept, word, baseUrl));
  if (what === 'notifications' && word && last === 'pdf') return found(letterPdf(service.kept, word));
  if (what === 'templates' && word === undefined) return found(manyTemplates(url.searchParams));
  if (what === 'template' && word && last === undefined) return found(oneTemplate(word, undefined));
  if (what === 'template' && word && last === 'version') return found(oneTemplate(word, version));
  if (what === 'received-text-messages')
    return found({ received_text_messages: [], links: { current: `${baseUrl}${url.pathname}` } });
  throw nowhere();
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest('Invalid JSON supplied in POST data');
  }
}

function nowhere(): Refusal {
  return refusal(404, 'NotFound', 'The requested URL was not found on the server.');
}

function write(response: ServerResponse, answer: Answer): void {
  if (!answer) {
    response.socket?.destroy();
    return;
  }
  const isPdf = Buffer.isBuffer(answer.body);
  response.writeHead(answer.status, { 'content-type': isPdf ? 'application/pdf' : 'application/json' });
  response.end(isPdf ? answer.body : JSON.stringify(answer.body));
}
