import { Controller } from '@nestjs/common';
import { EndSessions, sessionsOf, tokensOf } from '../../identity/index.ts';
import { everybody } from '../../kernel/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { signInUrls } from './sign-in.urls.ts';

/** A person's own account: who they are here, and where they are signed in. */
@Controller()
export class AccountPage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly endSessions: EndSessions,
  ) {}

  @Page({ method: 'GET', path: signInUrls.account, title: 'Your account', allowed: { roles: everybody }, audit: null })
  async show(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, (tx) => accountOf(tx, visit));
    return show('sign-in/account.njk', data);
  }

  @Page({
    ...{ method: 'POST', path: signInUrls.endSession, title: 'Sign out elsewhere', allowed: { roles: everybody } },
    audit: 'identity.signed-out',
  })
  async end(@Visiting() visit: Visit): Promise<PageAnswer> {
    const ended = await this.endSessions.own(visit.actor, visit.params.id ?? '');
    return goTo(signInUrls.account, ended ? 'You are signed out there.' : 'That session had already ended.');
  }
}

/** Gathers what a person sees of their own account. */
export async function accountOf(tx: Transaction, { person, sessionId }: Visit) {
  const tokens = (await tokensOf(tx, person.id)).filter((token) => token.isInForce);
  return { sessions: await sessionsOf(tx, person.id), tokens, here: sessionId };
}
