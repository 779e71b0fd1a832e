import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { roles, type Role } from '../../kernel/index.ts';
import { type Asked, AskedBy, number, pageQuery, Route, UnitOfWork, words } from '../../platform/index.ts';
import { AddUser } from '../actions/add-user.action.ts';
import { ChangeRoles } from '../actions/change-roles.action.ts';
import { EndSessions } from '../actions/end-sessions.action.ts';
import { OpenAccount } from '../actions/open-account.action.ts';
import { seePeople } from '../actions/see-administration.ts';
import {
  type AccountChange,
  accountChangesOf,
  listPeople,
  type PersonDetail,
  personDetail,
  type PersonRow,
  type TokenRow,
  tokensOf,
} from '../views/people.view.ts';

const listing = pageQuery.extend({
  role: z.enum(roles).optional(),
  active: z.stringbool().optional(),
});
const someRoles = z.array(z.enum(roles)).max(roles.length);
const newPerson = z.object({ email: z.email().max(200), name: words(100), roles: someRoles.min(1) });
const rolesToHold = z.object({ roles: someRoles, reason: words(500), version: z.number().int() });
const account = z.object({ isActive: z.boolean(), reason: words(500), version: z.number().int().optional() });

/** People's accounts over HTTP. */
@Controller()
export class PeopleController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly addUser: AddUser,
    private readonly changeRoles: ChangeRoles,
    private readonly openAccount: OpenAccount,
    private readonly endSessions: EndSessions,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/people', summary: 'People of the council, in order of name' },
    ...{ allowed: seePeople, query: listing },
  })
  async list(@AskedBy() asked: Asked): Promise<{ people: PersonRow[]; next: string | null }> {
    const { after, limit, role, active } = asked.query as z.output<typeof listing>;
    const people = await this.unitOfWork.read(asked.actor, (tx) =>
      listPeople(tx, { role, isActive: active }, after, limit),
    );
    return { people, next: people.length === limit ? (people.at(-1)?.id ?? null) : null };
  }

  @Route({
    ...{
      method: 'GET',
      path: '/api/v1/people/:id',
      summary: 'One person: account, tokens, how they came by their roles',
    },
    allowed: seePeople,
  })
  show(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
  ): Promise<{ person: PersonDetail; tokens: TokenRow[]; changes: AccountChange[] }> {
    const command = { name: 'identity.see-person', actor: asked.actor };
    return this.unitOfWork.run(command, async (tx) => {
      const person = await personDetail(tx, number(id));
      tx.audit({ action: 'identity.person-seen', subjectKind: 'user', subjectId: id });
      return { person, tokens: await tokensOf(tx, id), changes: await accountChangesOf(tx, id) };
    });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/people', summary: 'Add a person', status: 201 },
    ...{ allowed: AddUser.allowed, body: newPerson },
  })
  async add(@AskedBy() asked: Asked): Promise<{ id: string }> {
    const body = asked.body as z.output<typeof newPerson>;
    return { id: await this.addUser.run(asked.actor, body, asked.idempotency) };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/people/:id/roles', summary: 'Give and take roles of somebody else' },
    ...{ allowed: ChangeRoles.allowed, body: rolesToHold },
  })
  roles(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ given: Role[]; taken: Role[] }> {
    const body = asked.body as z.output<typeof rolesToHold>;
    return this.changeRoles.run(asked.actor, number(id), body, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/people/:id/account', summary: 'Close or open the account of somebody else' },
    ...{ allowed: OpenAccount.allowed, body: account },
  })
  async account(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ isActive: boolean }> {
    const { isActive, reason, version } = asked.body as z.output<typeof account>;
    if (isActive) await this.openAccount.again(asked.actor, number(id), reason, version);
    else await this.openAccount.close(asked.actor, number(id), reason, version);
    return { isActive };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/people/:id/end-sessions', summary: 'Sign a person out everywhere' },
    allowed: EndSessions.ofOthers,
  })
  async end(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ ended: number }> {
    return { ended: await this.endSessions.ofPerson(asked.actor, number(id)) };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/people/:id/unlock', summary: 'Let a person try to sign in again' },
    allowed: OpenAccount.allowed,
  })
  async unlock(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ unlocked: boolean }> {
    await this.openAccount.unlock(asked.actor, number(id));
    return { unlocked: true };
  }
}
