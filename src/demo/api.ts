import { randomUUID } from 'node:crypto';
import type { Role } from '../kernel/index.ts';

/** Speaks to a running Mainstay as one of its people, over HTTP, as any client would. */
export class Api {
  constructor(
    public url: string,
    private readonly tokens: Readonly<Record<Role, string>>,
  ) {}

  get<T>(as: Role, path: string): Promise<T> {
    return this.#call(as, 'GET', path);
  }

  post<T>(as: Role, path: string, body: unknown = {}): Promise<T> {
    return this.#call(as, 'POST', path, body);
  }

  /** Sends a file as it is. */
  send<T>(as: Role, path: string, bytes: Uint8Array): Promise<T> {
    return this.#call(as, 'POST', path, bytes);
  }

  async #call<T>(as: Role, method: string, path: string, body?: unknown): Promise<T> {
    const isFile = body instanceof Uint8Array;
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...{
          authorization: `Bearer ${this.tokens[as]}`,
          'content-type': isFile ? 'application/octet-stream' : 'application/json',
        },
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      },
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { code?: string; detail?: string; whatToDo?: string };
    if (!response.ok)
      throw new ApiRefusal(answer.code ?? '', `${answer.detail ?? response.status} ${answer.whatToDo ?? ''}`);
    return answer;
  }
}

/** A problem the API answered with. */
export class ApiRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
