import { SignInAs } from '../../src/identity/index.ts';
import { RouteList, type RouteFacts } from '../../src/platform/index.ts';
import type { Persona } from './test-council.ts';
import type { TestHouse } from './test-house.ts';

/** What a house needs so that its people can be on its pages without typing passwords. */
export const PAGES = { web: true, settings: { DEMO_SIGN_IN: 'true' } } as const;

/** Gives the cookie of a fresh session of one of the people. */
export async function sessionCookie(house: TestHouse, as: Persona, council = house.council): Promise<string> {
  const secret = await house.app.get(SignInAs).run(council.id, `${as}@${council.slug}.example`);
  return `mainstay-session=${secret}`;
}

/** What is typed, by field; as a list where boxes share a name. */
type Fields = Record<string, string> | [string, string][];

/** Asks for pages and sends forms as a person's browser without scripts would. */
export class PageVisitor {
  private constructor(
    private readonly house: TestHouse,
    private readonly cookie: string,
  ) {}

  static async signedIn(house: TestHouse, as: Persona): Promise<PageVisitor> {
    return new PageVisitor(house, await sessionCookie(house, as));
  }

  async get(path: string): Promise<{ status: number; text: string; location: string | null }> {
    return this.#read(await fetch(`${this.house.url}${path}`, this.#manner()));
  }

  /** Takes a file away. */
  async bytes(path: string): Promise<Buffer> {
    const answer = await fetch(`${this.house.url}${path}`, this.#manner());
    return Buffer.from(await answer.arrayBuffer());
  }

  /** Fills in the form of a page and sends it. @param to where the form goes, when not to the page itself */
  async send(page: string, fields: Fields, to = page): ReturnType<PageVisitor['get']> {
    const proof = /name="form-proof" value="([^"]+)"/.exec((await this.get(page)).text)?.[1] ?? '';
    const body = new URLSearchParams(fields);
    if (!body.has('form-proof')) body.set('form-proof', proof);
    if (!body.has('form-key')) body.set('form-key', crypto.randomUUID());
    return this.#read(await fetch(`${this.house.url}${to}`, { ...this.#manner(), method: 'POST', body }));
  }

  /** Sends a form with a file in it. */
  async upload(page: string, body: FormData): Promise<Response> {
    return fetch(`${this.house.url}${page}`, { ...this.#manner(), method: 'POST', body });
  }

  #manner(): RequestInit {
    return { redirect: 'manual', headers: { cookie: this.cookie, accept: 'text/html' } };
  }

  async #read(answer: Response): ReturnType<PageVisitor['get']> {
    return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') };
  }
}

/** Every page there is. */
export function everyPage(house: TestHouse): RouteFacts[] {
  const routes = house.app.get(RouteList).all();
  return routes.map(({ facts }) => facts).filter((facts): facts is RouteFacts => facts?.isPage === true);
}
