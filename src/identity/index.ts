import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Authenticator, RouteGuard } from '../platform/index.ts';
import { AddUser } from './actions/add-user.action.ts';
import { CreateToken } from './actions/create-token.action.ts';
import { RevokeToken } from './actions/revoke-token.action.ts';
import { SetLimit } from './actions/set-limit.action.ts';
import { TokenAuthenticator } from './token-authenticator.ts';
import { Authorities } from './views/authorities.view.ts';

/** Councils, people, roles, delegated limits and tokens. */
@Global()
@Module({
  providers: [
    ...[AddUser, CreateToken, RevokeToken, SetLimit, Authorities],
    { provide: Authenticator, useClass: TokenAuthenticator },
    { provide: APP_GUARD, useClass: RouteGuard },
  ],
  exports: [AddUser, CreateToken, RevokeToken, SetLimit, Authorities, Authenticator],
})
export class IdentityModule {}

export { AddUser, type NewUser } from './actions/add-user.action.ts';
export { CreateToken } from './actions/create-token.action.ts';
export { createAuthority, type NewAuthority } from './actions/create-authority.action.ts';
export { RevokeToken } from './actions/revoke-token.action.ts';
export { SetLimit, type NewLimit } from './actions/set-limit.action.ts';
export { type Authority, Authorities, authorityOf, noSuchCouncil } from './views/authorities.view.ts';
export { limitInForce, type LimitInForce, type LimitKind } from './views/limit-in-force.view.ts';
export { namesOf, userByEmail } from './views/users.view.ts';
