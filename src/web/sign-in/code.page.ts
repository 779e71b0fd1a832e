import { Controller, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import qrcode from 'qrcode';
import { z } from 'zod';
import { Authorities, type AuthenticatorKey, SignIn } from '../../identity/index.ts';
import {
  attempt,
  clearCookie,
  cookieOf,
  goTo,
  type OpenVisit,
  Page,
  type PageAnswer,
  read,
  safeNext,
  setCookie,
  show,
  type View,
  Visiting,
} from '../pages/index.ts';
import { signInUrls } from './sign-in.urls.ts';

const answers = z.object({ code: z.string().trim().max(20) });

/** The second step of signing in: the code, from an authenticator that is there or is set up now. */
@Controller()
export class CodePages {
  constructor(
    private readonly signIn: SignIn,
    private readonly authorities: Authorities,
  ) {}

  @Page({ method: 'GET', path: signInUrls.code, title: 'Your code', allowed: 'open', audit: null })
  async ask(@Visiting() visit: OpenVisit, @Req() request: Request): Promise<PageAnswer> {
    const secret = cookieOf(request, 'sign-in');
    if (!secret) return goTo(signInUrls.signIn);
    return this.#form(visit, secret);
  }

  @Page({ method: 'POST', path: signInUrls.code, title: 'Your code', allowed: 'open', audit: 'identity.signed-in' })
  async take(
    @Visiting() visit: OpenVisit,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PageAnswer> {
    const secret = cookieOf(request, 'sign-in');
    if (!secret) return goTo(signInUrls.signIn);
    return attempt(
      async () => {
        const session = await this.signIn.withCode(secret, read(answers, visit.form).code);
        clearCookie(response, 'sign-in');
        setCookie(response, 'session', session);
        const next = encodeURIComponent(safeNext(visit.query.next));
        return goTo(`${signInUrls.carryOn}?next=${next}`);
      },
      () => this.#form(visit, secret),
    );
  }

  async #form(visit: OpenVisit, secret: string): Promise<View> {
    const key = await this.#keyToSetUp(secret);
    const code = key && (await qrcode.toDataURL(key.address, { margin: 1, width: 220 }));
    return show('sign-in/code.njk', { values: visit.form, query: visit.query, key, picture: code });
  }

  async #keyToSetUp(secret: string): Promise<AuthenticatorKey | undefined> {
    const [council] = await this.authorities.all();
    return this.signIn.keyToSetUp(secret, `Mainstay ${council?.name ?? ''}`.trim()).catch((error: unknown) => {
      // Too late, or finished in another window: the form says so when the code is sent.
      if ((error as { code?: string }).code === 'sign_in_again') return undefined;
      throw error;
    });
  }
}
