/** Where the council is set up. */
export const administrationUrls = {
  contents: '/administration',
  people: '/administration/people',
  newPerson: '/administration/people/new',
  checkPerson: '/administration/people/new/check',
  person: '/administration/people/:id',
  roles: '/administration/people/:id/roles',
  account: '/administration/people/:id/account',
  personTeam: '/administration/people/:id/team',
  unlock: '/administration/people/:id/unlock',
  endSessions: '/administration/people/:id/end-sessions',
  setUpCode: '/administration/people/:id/set-up-code',
  revokeToken: '/administration/people/:id/tokens/:token/revoke',
  agencies: '/administration/agencies',
  agency: '/administration/agencies/:id',
  closeAgency: '/administration/agencies/:id/close',
  limits: '/administration/limits',
  newLimit: '/administration/limits/new',
  limit: '/administration/limits/proposals/:id',
  service: '/administration/service',
  structure: '/administration/service/structure',
  newTeam: '/administration/teams/new',
  team: '/administration/teams/:id',
  rates: '/administration/rates',
  newRates: '/administration/rates/new',
  checkRates: '/administration/rates/new/check',
  rateProposal: '/administration/rates/proposals/:id',
  payDays: '/administration/pay-days',
  changePayDays: '/administration/pay-days/change',
  newOriginator: '/administration/pay-days/account/new',
  decideOriginator: '/administration/pay-days/account/:id',
  notices: '/administration/notices',
  noticePeriods: '/administration/notices/periods',
  noticeHelp: '/administration/notices/help',
  branding: '/administration/branding',
} as const;

/** Writes the address of one thing. */
export function addressOf(url: string, id: string): string {
  return url.replace(':id', id);
}
