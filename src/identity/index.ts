import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Authenticator, RouteGuard } from '../platform/index.ts';
import { AddUser } from './actions/add-user.action.ts';
import { ChangeCouncil } from './actions/change-council.action.ts';
import { ChangeRoles } from './actions/change-roles.action.ts';
import { ChoosePassword } from './actions/choose-password.action.ts';
import { CreateSetUpCode } from './actions/create-set-up-code.action.ts';
import { CreateToken } from './actions/create-token.action.ts';
import { DecideLimit } from './actions/decide-limit.action.ts';
import { EndSessions } from './actions/end-sessions.action.ts';
import { KeepAgency } from './actions/keep-agency.action.ts';
import { OpenAccount } from './actions/open-account.action.ts';
import { ProposeLimit } from './actions/propose-limit.action.ts';
import { RevokeToken } from './actions/revoke-token.action.ts';
import { SaveTeam } from './actions/save-team.action.ts';
import { SetLimit } from './actions/set-limit.action.ts';
import { SignIn } from './actions/sign-in.action.ts';
import { SignInAs } from './actions/sign-in-as.action.ts';
import { AgenciesController } from './http/agencies.controller.ts';
import { CouncilController } from './http/council.controller.ts';
import { PeopleController } from './http/people.controller.ts';
import { TeamsController } from './http/teams.controller.ts';
import { TokensController } from './http/tokens.controller.ts';
import { Sessions } from './sessions.ts';
import { TokenAuthenticator } from './token-authenticator.ts';
import { Authorities } from './views/authorities.view.ts';

const services = [
  ...[AddUser, ChoosePassword, CreateSetUpCode, CreateToken, EndSessions, RevokeToken, SetLimit, SignIn, SignInAs],
  ...[Authorities, Sessions, ChangeCouncil, ChangeRoles, DecideLimit, KeepAgency, OpenAccount, ProposeLimit],
  SaveTeam,
];

/** Councils, people, roles, delegated limits, tokens and signing in. */
@Global()
@Module({
  controllers: [AgenciesController, CouncilController, PeopleController, TeamsController, TokensController],
  providers: [
    ...services,
    { provide: Authenticator, useClass: TokenAuthenticator },
    { provide: APP_GUARD, useClass: RouteGuard },
  ],
  exports: [...services, Authenticator],
})
export class IdentityModule {}

export { AddUser, type NewUser } from './actions/add-user.action.ts';
export { ChoosePassword } from './actions/choose-password.action.ts';
export { CreateSetUpCode } from './actions/create-set-up-code.action.ts';
export { CreateToken } from './actions/create-token.action.ts';
export { createAuthority, type NewAuthority } from './actions/create-authority.action.ts';
export { type AgencyClosed, KeepAgency } from './actions/keep-agency.action.ts';
export { agencyClosed } from './agency-problems.ts';
export {
  agencyDetail,
  agencyNames,
  agencyOf,
  type AgencyRow,
  listAgencies,
  type PartnerRow,
} from './views/agencies.view.ts';
export { EndSessions } from './actions/end-sessions.action.ts';
export { RevokeToken } from './actions/revoke-token.action.ts';
export { SetLimit, type NewLimit } from './actions/set-limit.action.ts';
export { type Authority, Authorities, authorityOf, noSuchCouncil } from './views/authorities.view.ts';
export {
  limitInForce,
  type LimitInForce,
  type LimitKind,
  limitKinds,
  noDelegatedLimit,
} from './views/limit-in-force.view.ts';
export { type FamilyLimit, type LimitHeld, limitsHeld } from './views/limits-held.view.ts';
export { activePeople, namesOf, userByEmail } from './views/users.view.ts';
export { type MayDecide, whoMayDecide } from './views/who-may-decide.view.ts';
export { SignIn } from './actions/sign-in.action.ts';
export { SignInAs } from './actions/sign-in-as.action.ts';
export { type AuthenticatorKey, codeNow, newAuthenticatorKey } from './domain/authenticator-code.ts';
export { Sessions } from './sessions.ts';
export { type OpenSession, type SessionRow, sessionsOf } from './store/session.store.ts';
export { codeRefused, signInAgain, signInLocked, signInRefused } from './sign-in-problems.ts';
export { ChangeCouncil, type CouncilToBe } from './actions/change-council.action.ts';
export { ChangeRoles } from './actions/change-roles.action.ts';
export { DecideLimit } from './actions/decide-limit.action.ts';
export { OpenAccount } from './actions/open-account.action.ts';
export { ProposeLimit } from './actions/propose-limit.action.ts';
export { SaveTeam } from './actions/save-team.action.ts';
export { decideAdministration, seeAdministration, seePeople } from './actions/see-administration.ts';
export { type Answer, answering, mustBeForAnother } from './domain/answer.ts';
export { contrastOnWhite } from './domain/colour.ts';
export {
  alreadyProposed as proposalWaits,
  changedMeanwhile,
  noSuchProposal,
  ownProposal as ownProposalToSetUp,
} from './people-problems.ts';
export {
  type Brand,
  brandColour,
  councilChanges,
  type CouncilSettings,
  councilSettings,
  type ServiceStructure,
  serviceStructures,
} from './views/council.view.ts';
export { type NoticePolicy, noticePolicyRefused, type Postage, postages } from './domain/notice-policy.ts';
export { noticePolicy } from './views/notice-policy.view.ts';
export { type LimitProposal, limitProposal, type LimitRow, listLimits, waitingLimits } from './views/limits.view.ts';
export { accountChangesOf, listPeople, personDetail, tokensOf } from './views/people.view.ts';
export { teamOf, listTeams, ownerTitle, teamDetail, type TeamRow } from './views/teams.view.ts';
