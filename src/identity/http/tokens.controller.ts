import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { personActing, everybody } from '../../kernel/index.ts';
import { type Asked, AskedBy, number, Route, words } from '../../platform/index.ts';
import { CreateSetUpCode } from '../actions/create-set-up-code.action.ts';
import { CreateToken } from '../actions/create-token.action.ts';
import { RevokeToken } from '../actions/revoke-token.action.ts';

const newToken = z.object({ label: words(60), days: z.number().int().min(1).max(366).default(90) });

/** Tokens and set-up codes over HTTP: each is shown once, in the answer. */
@Controller()
export class TokensController {
  constructor(
    private readonly createToken: CreateToken,
    private readonly revokeToken: RevokeToken,
    private readonly createSetUpCode: CreateSetUpCode,
  ) {}

  @Route({
    ...{ method: 'POST', path: '/api/v1/tokens', summary: 'Make yourself a token, shown once', status: 201 },
    ...{ allowed: { roles: everybody }, body: newToken },
  })
  async make(@AskedBy() asked: Asked): Promise<{ token: string }> {
    const { label, days } = asked.body as z.output<typeof newToken>;
    return { token: await this.createToken.own(asked.actor, label, days) };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/tokens/:id/revoke', summary: 'End a token of your own' },
    allowed: { roles: everybody },
  })
  async revokeOwn(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ ended: boolean }> {
    return { ended: await this.revokeToken.one(asked.actor, personActing(asked.actor), number(id)) };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/people/:id/tokens/:token/revoke', summary: 'End a token of somebody' },
    allowed: RevokeToken.allowed,
  })
  async revoke(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Param('token') token: string,
  ): Promise<{ ended: boolean }> {
    return { ended: await this.revokeToken.one(asked.actor, number(id), number(token)) };
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/people/:id/set-up-code',
      summary: 'Make a set-up code, shown once',
      status: 201,
    },
    allowed: CreateSetUpCode.allowed,
  })
  async setUpCode(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ code: string }> {
    return { code: await this.createSetUpCode.forPerson(asked.actor, number(id)) };
  }
}
