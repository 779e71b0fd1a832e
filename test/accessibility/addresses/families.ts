import type { FamilyPersona } from '../../../src/demo/personas.ts';
import type { PageScene } from '../../support/page-scene.ts';
import type { Addresses } from './addresses.ts';

/** The address of one page of a family. */
const of =
  (persona: FamilyPersona, page = '') =>
  ({ family }: PageScene): string =>
    `/families/${family[persona]}${page}`;

/** The address of one page about the person who leads a family. */
const ofLead =
  (persona: FamilyPersona, page: string) =>
  ({ family, lead }: PageScene): string =>
    `/families/${family[persona]}/members/${lead[persona]}/${page}`;

const steps = ['reference', 'lead', 'people', 'contact', 'address', 'safe-ways', 'team', 'bank-details'];

/** Where families and decisions about them are found in the scene. */
export const familiesAddresses: Addresses = {
  '/families': [
    { as: 'caseworker', at: '/families' },
    { as: 'caseworker', at: '/families?reference=nobody' },
    { as: 'auditor', at: '/families?sort=next-date&status=approved' },
    { as: 'caseworker', at: '/families?missing=safety' },
  ],
  '/families/search': [{ as: 'caseworker', at: '/families/search' }],
  '/families/new': [
    { as: 'caseworker', at: '/families/new' },
    { as: 'manager', at: '/families/new' },
  ],
  '/families/new/:step': steps.map((step) => ({ as: 'caseworker', at: `/families/new/${step}` })),
  '/families/new/check': [{ as: 'caseworker', at: '/families/new/check' }],
  '/families/:id': [
    { as: 'caseworker', at: of('P-PART-WEEK') },
    { as: 'auditor', at: of('P-NO-BANK') },
    { as: 'caseworker', at: of('P-HELD') },
    { as: 'caseworker', at: of('P-BABY') },
  ],
  '/falls/:id': [{ as: 'caseworker', at: ({ fall }) => `/falls/${fall}` }],
  '/families/:id/history': [
    { as: 'auditor', at: of('P-BABY', '/history') },
    { as: 'auditor', at: of('P-HELD', '/history?looks=yes') },
  ],
  '/families/:id/notes': [
    { as: 'caseworker', at: of('P-BABY', '/notes') },
    { as: 'auditor', at: of('P-HELD', '/notes') },
  ],
  '/families/:id/notes/:note/correct': [
    { as: 'caseworker', at: ({ family, note }) => `/families/${family['P-BABY']}/notes/${note}/correct` },
  ],
  '/families/:id/contact': [{ as: 'caseworker', at: of('P-BABY', '/contact') }],
  '/families/:id/address': [{ as: 'caseworker', at: of('P-BABY', '/address') }],
  '/families/:id/owner': [{ as: 'manager', at: of('P-BABY', '/owner') }],
  '/families/:id/members/new': [{ as: 'caseworker', at: of('P-BABY', '/members/new?who=child') }],
  '/families/:id/members/:member/leaving': [{ as: 'caseworker', at: ofLead('P-BABY', 'leaving') }],
  '/families/:id/members/:member/birth': [{ as: 'caseworker', at: ofLead('P-BABY', 'birth') }],
  '/families/:id/members/:member/pregnancy': [
    {
      as: 'caseworker',
      at: ({ family, expectedBaby }) => `/families/${family['P-BABY']}/members/${expectedBaby}/pregnancy`,
    },
  ],
  '/families/:id/expected-baby/new': [{ as: 'caseworker', at: of('P-BABY', '/expected-baby/new') }],
  '/families/:id/bank-details/new': [{ as: 'caseworker', at: of('P-NO-BANK', '/bank-details/new') }],
  '/families/:id/other-ways': [{ as: 'caseworker', at: of('P-NO-BANK', '/other-ways') }],
  '/families/:id/bank-details/check': [{ as: 'caseworker', at: of('P-HELD', '/bank-details/check') }],
  '/families/:id/bank-details/:details/account': [
    {
      as: 'finance',
      at: ({ family, waitingBankDetails }) =>
        `/families/${family['P-BABY']}/bank-details/${waitingBankDetails}/account`,
    },
  ],
  '/payments/:id': [{ as: 'finance', at: ({ paidLine }) => `/payments/${paidLine}` }],
  '/waiting': [
    { as: 'manager', at: '/waiting' },
    { as: 'caseworker', at: '/waiting' },
  ],
  '/plans/:id': [
    { as: 'manager', at: ({ waitingPlan }) => `/plans/${waitingPlan}` },
    { as: 'manager', at: ({ planAboveLimit }) => `/plans/${planAboveLimit}` },
    { as: 'caseworker', at: ({ waitingPlan }) => `/plans/${waitingPlan}` },
    { as: 'caseworker', at: ({ changedPlan }) => `/plans/${changedPlan}` },
  ],
  '/bank-details/:id': [{ as: 'manager', at: ({ waitingBankDetails }) => `/bank-details/${waitingBankDetails}` }],
};
