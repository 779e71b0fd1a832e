/** Where applications, awards and grants runs are. */
export const grantUrls = {
  list: '/grants',
  new: '/families/:id/grants/new',
  payee: '/families/:id/payees/new',
  catalogue: '/grants/catalogue',
  secondLooks: '/grants/second-looks',
  fundRules: '/funds/:id/rules',
  fundRulesProposal: '/funds/:id/rules/:proposal',
  application: '/grants/:id',
  answer: '/grants/:id/answers/:step',
  check: '/grants/:id/check',
  found: '/grants/:id/checks/:kind',
  recommend: '/grants/:id/recommend',
  decide: '/grants/:id/decide',
  withdraw: '/grants/:id/withdraw',
  askReview: '/grants/:id/reviews/new',
  review: '/grants/reviews/:id',
  passOn: '/grants/reviews/:id/pass-on',
  settle: '/grants/reviews/:id/settle',
  withdrawReview: '/grants/reviews/:id/withdraw',
  signposts: '/signposts',
  newSignpost: '/signposts/new',
  endSignpost: '/signposts/:id/end',
  checkSignpost: '/signposts/:id/check',
  evidence: '/grants/:id/evidence',
  file: '/evidence/:id',
  conference: '/grants/:id/conference',
  followUp: '/grants/:id/follow-ups/:followUp',
  cancel: '/grants/:id/cancel',
  givenBack: '/grants/:id/given-back',
  notGivenBack: '/grants/:id/given-back/:givenBack',
  payToday: '/grants/:id/pay-today',
  secondLook: '/grants/:id/second-look',
  topUp: '/grants/:id/top-up',
  openRun: '/runs/grants/new',
} as const;

/** The address of one application's page, or of a page below it. */
export function grantUrl(id: string, page: keyof typeof grantUrls = 'application', step = ''): string {
  return grantUrls[page].replace(':id', id).replace(':step', step).replace(':kind', step);
}
