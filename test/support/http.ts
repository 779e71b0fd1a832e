import { randomUUID } from 'node:crypto';
import request, { type Response, type Test } from 'supertest';
import type { Persona, TestCouncil } from './test-council.ts';
import type { TestHouse } from './test-house.ts';

/** How a call differs from the usual one. */
export interface Call {
  /** Idempotency-Key; a fresh one when absent, none when null. */
  readonly key?: string | null;
  readonly council?: TestCouncil;
}

/** Speaks to a house over HTTP as one of its people. */
export class Client {
  constructor(private readonly house: TestHouse) {}

  get(as: Persona, path: string, call: Call = {}): Test {
    return request(this.house.url).get(`/api/v1${path}`).auth(this.#token(as, call), { type: 'bearer' });
  }

  post(as: Persona, path: string, body: object = {}, call: Call = {}): Test {
    const asked = request(this.house.url).post(`/api/v1${path}`).auth(this.#token(as, call), { type: 'bearer' });
    return (call.key === null ? asked : asked.set('Idempotency-Key', call.key ?? randomUUID())).send(body);
  }

  /** Sends a family file. */
  importFile(as: Persona, bytes: Uint8Array, query = ''): Test {
    return request(this.house.url)
      .post(`/api/v1/families/import${query}`)
      .auth(this.#token(as, {}), { type: 'bearer' })
      .set('content-type', 'text/csv')
      .send(Buffer.from(bytes).toString('utf8'));
  }

  /** Sends a bank's report. */
  report(as: Persona, kind: string, text: string, call: Call = {}): Test {
    return request(this.house.url)
      .post(`/api/v1/bank-reports?kind=${kind}`)
      .auth(this.#token(as, call), { type: 'bearer' })
      .set('content-type', text.startsWith('<') ? 'application/xml' : 'text/csv')
      .send(text);
  }

  /** Sends a bank statement file. */
  statement(as: Persona, name: string, text: string): Test {
    return request(this.house.url)
      .post(`/api/v1/bank-statements?name=${encodeURIComponent(name)}`)
      .auth(this.#token(as, {}), { type: 'bearer' })
      .set('content-type', 'application/octet-stream')
      .send(Buffer.from(text, 'latin1'));
  }

  #token(as: Persona, call: Call): string {
    return (call.council ?? this.house.council).tokens[as];
  }
}

/**
 * Gives the status and the code of a problem.
 * @throws Error when the answer is not a whole problem document as RFC 9457 writes it
 */
export function problemIn(response: Response): [status: number, code: string | undefined] {
  const { type, title, status, detail, code, whatToDo } = response.body as Partial<Record<string, string | number>>;
  const isWhole = Boolean(title && detail && whatToDo) && type === `/problems/${code}` && status === response.status;
  const isSaidToBe = (response.headers['content-type'] ?? '').startsWith('application/problem+json');
  if (response.status >= 400 && !(isWhole && isSaidToBe))
    throw new Error(`this is no problem document: ${response.text}`);
  return [response.status, code as string | undefined];
}
