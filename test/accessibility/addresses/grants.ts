import type { GrantStage } from '../../support/grants-scene.ts';
import type { PageScene } from '../../support/page-scene.ts';
import type { Addresses } from './addresses.ts';

/** The address of an application at some stage, or of a page below it. */
const at =
  (stage: GrantStage, page = '') =>
  ({ grant }: PageScene): string =>
    `/grants/${grant[stage]}${page}`;

const steps = ['need', 'items', 'child', 'identity', 'emergency', 'conflict'] as const;

/** Where the pages of this journey are found in the scene. */
export const grantsAddresses: Addresses = {
  '/grants': [
    { as: 'caseworker', at: '/grants' },
    { as: 'manager', at: '/grants?state=withdrawn&sort=amount' },
  ],
  '/grants/catalogue': [
    { as: 'administrator', at: '/grants/catalogue?item=bed' },
    { as: 'caseworker', at: '/grants/catalogue' },
  ],
  '/grants/second-looks': [{ as: 'manager', at: '/grants/second-looks' }],
  '/families/:id/grants/new': [{ as: 'caseworker', at: ({ family }) => `/families/${family['P-WELFARE']}/grants/new` }],
  '/families/:id/payees/new': [{ as: 'caseworker', at: ({ family }) => `/families/${family['P-WELFARE']}/payees/new` }],
  '/funds/:id/rules': [
    { as: 'finance', at: ({ grantFund }) => `/funds/${grantFund}/rules` },
    { as: 'manager', at: ({ grantFund }) => `/funds/${grantFund}/rules` },
  ],
  '/funds/:id/rules/:proposal': [
    { as: 'administrator', at: ({ grantFund, fundRules }) => `/funds/${grantFund}/rules/${fundRules}` },
    { as: 'finance', at: ({ grantFund, fundRules }) => `/funds/${grantFund}/rules/${fundRules}` },
  ],
  '/grants/:id': [
    ...(['draft', 'submitted', 'changes_asked'] as const).map((stage) => ({
      as: 'caseworker' as const,
      at: at(stage),
    })),
    ...(['recommended', 'declined', 'approved'] as const).map((stage) => ({ as: 'manager' as const, at: at(stage) })),
    { as: 'finance', at: at('emergency') },
    { as: 'finance', at: ({ paidGrant }) => `/grants/${paidGrant.id}` },
    { as: 'caseworker', at: ({ referredApplication }) => `/grants/${referredApplication}` },
  ],
  '/grants/:id/answers/:step': steps.map((step) => ({ as: 'caseworker', at: at('draft', `/answers/${step}`) })),
  '/grants/:id/check': [{ as: 'caseworker', at: at('draft', '/check') }],
  '/grants/:id/checks/:kind': [{ as: 'caseworker', at: at('submitted', '/checks/same-need') }],
  '/grants/:id/recommend': [{ as: 'caseworker', at: at('submitted', '/recommend') }],
  '/grants/:id/decide': [
    { as: 'manager', at: at('recommended', '/decide') },
    { as: 'manager', at: at('approved', '/decide') },
  ],
  '/grants/:id/cancel': [{ as: 'manager', at: at('approved', '/cancel') }],
  '/grants/:id/pay-today': [
    { as: 'finance', at: at('emergency', '/pay-today') },
    { as: 'finance', at: at('approved', '/pay-today') },
  ],
  '/grants/:id/given-back': [
    { as: 'finance', at: ({ paidGrant }) => `/grants/${paidGrant.id}/given-back` },
    { as: 'caseworker', at: at('approved', '/given-back') },
  ],
  '/grants/:id/given-back/:givenBack': [
    { as: 'finance', at: ({ paidGrant }) => `/grants/${paidGrant.id}/given-back/${paidGrant.givenBack}` },
  ],
  '/grants/:id/second-look': [{ as: 'manager', at: at('emergency', '/second-look') }],
  '/grants/:id/reviews/new': [{ as: 'caseworker', at: at('declined', '/reviews/new') }],
  '/grants/reviews/:id': [
    { as: 'caseworker', at: ({ review }) => `/grants/reviews/${review.asked}` },
    { as: 'manager', at: ({ review }) => `/grants/reviews/${review.inReview}` },
    { as: 'manager2', at: ({ review }) => `/grants/reviews/${review.inReview}` },
  ],
  '/grants/reviews/:id/settle': [
    { as: 'manager2', at: ({ review }) => `/grants/reviews/${review.inReview}/settle` },
    { as: 'manager', at: ({ review }) => `/grants/reviews/${review.inReview}/settle` },
  ],
  '/signposts': [
    { as: 'manager', at: '/signposts' },
    { as: 'caseworker', at: '/signposts' },
  ],
  '/signposts/new': [{ as: 'administrator', at: '/signposts/new' }],
  '/signposts/:id/end': [{ as: 'manager', at: ({ signpost }) => `/signposts/${signpost}/end` }],
  '/runs/grants/new': [{ as: 'finance', at: '/runs/grants/new' }],
};
