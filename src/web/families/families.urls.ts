/** Where families are. */
export const familyUrls = {
  list: '/families',
  search: '/families/search',
  add: '/families/new',
  addCheck: '/families/new/check',
  addDiscard: '/families/new/discard',
  addStep: '/families/new/:step',
  family: '/families/:id',
  history: '/families/:id/history',
  notes: '/families/:id/notes',
  correctNote: '/families/:id/notes/:note/correct',
  contact: '/families/:id/contact',
  address: '/families/:id/address',
  owner: '/families/:id/owner',
  newMember: '/families/:id/members/new',
  leaving: '/families/:id/members/:member/leaving',
  birth: '/families/:id/members/:member/birth',
  pregnancy: '/families/:id/members/:member/pregnancy',
  baby: '/families/:id/expected-baby/new',
  bankDetails: '/families/:id/bank-details/new',
  otherWays: '/families/:id/other-ways',
  checkBankDetails: '/families/:id/bank-details/check',
  account: '/families/:id/bank-details/:details/account',
  payment: '/payments/:id',
  moveHomeCheck: '/families/:id/move-home/check',
  moveHomeStep: '/families/:id/move-home/:step',
  moveHome: '/moves-home/:id',
  allowMoveHome: '/moves-home/:id/allow',
  confirmMoveHome: '/moves-home/:id/confirm',
  withdrawMoveHome: '/moves-home/:id/withdraw',
  ownPage: '/families/:id/own-page',
  ownPageCode: '/families/:id/own-page/code',
  ownPageEnd: '/families/:id/own-page/end',
  fall: '/falls/:id',
  tellFallAgain: '/falls/:id/tell-again',
  messages: '/messages',
  message: '/messages/:id',
} as const;

/** The address of one family's page. */
export function familyUrl(id: string): string {
  return familyUrls.family.replace(':id', id);
}

/** The address of one step of adding a family. */
export function addStepUrl(step: string): string {
  return familyUrls.addStep.replace(':step', step);
}

/** The address of one question about a family's move. */
export function moveHomeStepUrl(familyId: string, step: string): string {
  return familyUrls.moveHomeStep.replace(':id', familyId).replace(':step', step);
}

/** The address of one lower amount. */
export function fallUrl(id: string): string {
  return familyUrls.fall.replace(':id', id);
}

/** The address of one planned move. */
export function moveHomeUrl(id: string): string {
  return familyUrls.moveHome.replace(':id', id);
}

/** Fills the numbers of the page somebody is on into an address. */
export function addressIn(path: string, { params }: { readonly params: Readonly<Record<string, string>> }): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '');
}
