import { randomBytes } from 'node:crypto';
import { codeDigest } from '../../src/notices/index.ts';
import { newCode } from '../../src/notices/access/family-code.ts';
import type { TestHouse } from './test-house.ts';

/** Makes a link for a family, as a message to it would carry. @returns its code */
export async function codeOf(
  { superuser, council }: TestHouse,
  familyId: string,
  expires = '2027-12-31',
): Promise<string> {
  const code = newCode(council.id, randomBytes(10));
  await superuser.query(
    `insert into notices.family_link (code_sha256, authority_id, family_id, made_on, expires_on) values ($1, $2, $3, '2026-01-01', $4)`,
    [codeDigest(code), council.id, familyId, expires],
  );
  return code;
}

/** Gives the council the number that families are told to call. */
export async function giveHelpPhone({ superuser, council }: TestHouse): Promise<void> {
  await superuser.query(
    `select set_config('mainstay.authority', '${council.id}', true), set_config('mainstay.reason', 'test', true);
     update identity.authority set help_phone = '020 8000 0000', version = version + 1 where authority_id = ${council.id}`,
  );
}

/** What came back. */
export interface Shown {
  readonly status: number;
  readonly text: string;
  readonly location: string | null;
  readonly headers: Headers;
}

/** A family's telephone: keeps cookies, follows nothing by itself, runs no scripts. */
export class FamilyVisitor {
  readonly #cookies = new Map<string, string>();

  constructor(private readonly house: TestHouse) {}

  /** Opens the link in a message and says that it is safe. */
  static async arrived(house: TestHouse, familyId: string): Promise<FamilyVisitor> {
    const visitor = new FamilyVisitor(house);
    await visitor.get(`/f/${await codeOf(house, familyId)}`);
    await visitor.send('/f/start', {}, '/f/safe');
    return visitor;
  }

  /** The cookie of its session, for a browser. */
  get session(): string {
    return this.#cookies.get('mainstay-family') ?? '';
  }

  get(path: string): Promise<Shown> {
    return this.#ask(path, {});
  }

  /** Fills in the form of a page and sends it. @param to where it goes, when not to the page itself */
  async send(page: string, fields: Record<string, string>, to = page): Promise<Shown> {
    const proof = /name="form-proof" value="([^"]+)"/.exec((await this.get(page)).text)?.[1] ?? '';
    const body = new URLSearchParams({ 'form-proof': proof, 'form-key': crypto.randomUUID(), ...fields });
    return this.#ask(to, { method: 'POST', body });
  }

  async #ask(path: string, options: RequestInit): Promise<Shown> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', cookie };
    const answer = await fetch(`${this.house.url}${path}`, { redirect: 'manual', ...options, headers });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
    return {
      status: answer.status,
      text: await answer.text(),
      location: answer.headers.get('location'),
      headers: answer.headers,
    };
  }
}
