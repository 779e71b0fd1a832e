import { Controller } from '@nestjs/common';
import { CreateSetUpCode, EndSessions, OpenAccount, personDetail, RevokeToken } from '../../identity/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { goTo, Page, type PageAnswer, show, type Visit, Visiting } from '../pages/index.ts';
import { addressOf, administrationUrls } from './administration.urls.ts';

/** How a person gets in: unlocking, set-up codes, sessions and tokens. Each is one press on the person's page. */
@Controller()
export class PersonAccessPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly openAccount: OpenAccount,
    private readonly endSessions: EndSessions,
    private readonly createSetUpCode: CreateSetUpCode,
    private readonly revokeToken: RevokeToken,
  ) {}

  @Page({
    ...{ method: 'POST', path: administrationUrls.unlock, title: 'Unlock', allowed: OpenAccount.allowed },
    audit: 'identity.account-unlocked',
  })
  async unlock(@Visiting() visit: Visit): Promise<PageAnswer> {
    await this.openAccount.unlock(visit.actor, idOf(visit));
    return this.#back(visit, 'They may try to sign in again.');
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.endSessions, title: 'Sign out everywhere' },
    ...{ allowed: EndSessions.ofOthers, audit: 'identity.sessions-ended' },
  })
  async end(@Visiting() visit: Visit): Promise<PageAnswer> {
    const ended = await this.endSessions.ofPerson(visit.actor, idOf(visit));
    return this.#back(visit, `${ended} ${ended === 1 ? 'session is' : 'sessions are'} ended.`);
  }

  /** Never answered from memory: the code is shown once, and kept nowhere in the clear. */
  @Page({
    ...{ method: 'POST', path: administrationUrls.setUpCode, title: 'A new set-up code' },
    ...{ allowed: CreateSetUpCode.allowed, audit: 'identity.set-up-code-created' },
  })
  async setUpCode(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = idOf(visit);
    const code = await this.createSetUpCode.forPerson(visit.actor, id);
    const { name } = await this.unitOfWork.read(visit.actor, (tx) => personDetail(tx, id));
    return show('administration/code-once.njk', { code, name, id });
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.revokeToken, title: 'End a token', allowed: RevokeToken.allowed },
    audit: 'identity.tokens-revoked',
  })
  async revoke(@Visiting() visit: Visit): Promise<PageAnswer> {
    const isEnded = await this.revokeToken.one(visit.actor, idOf(visit), number(visit.params.token ?? ''));
    return this.#back(visit, isEnded ? 'The token is ended.' : 'That token had ended already.');
  }

  #back(visit: Visit, told: string): PageAnswer {
    return goTo(addressOf(administrationUrls.person, idOf(visit)), told);
  }
}

function idOf(visit: Visit): string {
  return number(visit.params.id ?? '');
}
