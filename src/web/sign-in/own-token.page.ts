import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { CreateToken, RevokeToken } from '../../identity/index.ts';
import { everybody } from '../../kernel/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type Visit, Visiting } from '../pages/index.ts';
import { accountOf } from './account.page.ts';
import { signInUrls } from './sign-in.urls.ts';

const answers = z.object({
  label: words(60),
  days: z.enum(['7', '30', '90', '366'], 'Choose how long.').transform(Number),
});

/** A person's own tokens for the API and the command line: made here, shown once, ended here. */
@Controller()
export class OwnTokenPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly createToken: CreateToken,
    private readonly revokeToken: RevokeToken,
  ) {}

  /** Never answered from memory: the token is shown once, and kept nowhere in the clear. */
  @Page({
    ...{ method: 'POST', path: signInUrls.newToken, title: 'Make a token', allowed: { roles: everybody } },
    audit: 'identity.token-created',
  })
  make(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { label, days } = read(answers, visit.form);
        const token = await this.createToken.own(visit.actor, label, days);
        return show('sign-in/token-once.njk', { token, label, days });
      },
      async () => {
        const data = await this.unitOfWork.read(visit.actor, (tx) => accountOf(tx, visit));
        return show('sign-in/account.njk', { ...data, values: visit.form });
      },
    );
  }

  @Page({
    ...{ method: 'POST', path: signInUrls.endToken, title: 'End a token', allowed: { roles: everybody } },
    audit: 'identity.tokens-revoked',
  })
  async end(@Visiting() visit: Visit): Promise<PageAnswer> {
    const isEnded = await this.revokeToken.one(visit.actor, visit.person.id, number(visit.params.id ?? ''));
    return goTo(signInUrls.account, isEnded ? 'The token is ended.' : 'That token had ended already.');
  }
}
