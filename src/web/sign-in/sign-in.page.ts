import { Controller, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Authorities, EndSessions, Sessions, SignIn, SignInAs } from '../../identity/index.ts';
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
import { demoPersonas } from './demo-personas.ts';
import { signInUrls } from './sign-in.urls.ts';

const answers = z.object({
  council: z.string().optional(),
  email: z.string().trim().max(200),
  password: z.string().max(1000),
  next: z.string().optional(),
});
const persona = z.object({ email: z.string() });

/** The first step of signing in, and the way out. */
@Controller()
export class SignInPages {
  constructor(
    private readonly authorities: Authorities,
    private readonly signIn: SignIn,
    private readonly signInAs: SignInAs,
    private readonly sessions: Sessions,
    private readonly endSessions: EndSessions,
  ) {}

  @Page({ method: 'GET', path: signInUrls.signIn, title: 'Sign in', allowed: 'open', audit: null })
  async ask(@Visiting() visit: OpenVisit): Promise<PageAnswer> {
    if (visit.signedIn) return goTo(safeNext(visit.query.next));
    return this.#form({ next: safeNext(visit.query.next) });
  }

  @Page({
    ...{ method: 'POST', path: signInUrls.signIn, title: 'Sign in', allowed: 'open' },
    audit: 'identity.sign-in-refused',
  })
  async take(@Visiting() visit: OpenVisit, @Res({ passthrough: true }) response: Response): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { council, email, password, next } = read(answers, visit.form);
        const { authorityId } = await this.authorities.find(council);
        setCookie(response, 'sign-in', await this.signIn.withPassword(authorityId, email, password));
        const query = next && next !== '/' ? `?next=${encodeURIComponent(safeNext(next))}` : '';
        return goTo(`${signInUrls.code}${query}`);
      },
      () => this.#form(visit.form),
    );
  }

  @Page({
    ...{ method: 'POST', path: signInUrls.as, title: 'Sign in as a persona of the demonstration', allowed: 'open' },
    audit: 'identity.signed-in-as',
  })
  async as(@Visiting() visit: OpenVisit, @Res({ passthrough: true }) response: Response): Promise<PageAnswer> {
    const { authorityId } = await this.authorities.find(undefined);
    setCookie(response, 'session', await this.signInAs.run(authorityId, read(persona, visit.form).email));
    return goTo('/');
  }

  @Page({
    ...{ method: 'POST', path: signInUrls.signOut, title: 'Sign out', allowed: 'open' },
    audit: 'identity.signed-out',
  })
  async out(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<PageAnswer> {
    const secret = cookieOf(request, 'session');
    const found = secret ? await this.sessions.find(secret) : undefined;
    if (found) await this.endSessions.own(found.actor, found.session.id);
    clearCookie(response, 'session');
    return goTo(signInUrls.signIn, 'You are signed out.');
  }

  async #form(values: object): Promise<View> {
    const councils = await this.authorities.all();
    return show('sign-in/sign-in.njk', {
      ...{ values, councils: councils.length > 1 ? councils : [] },
      personas: this.signInAs.isOffered ? demoPersonas : [],
    });
  }
}
