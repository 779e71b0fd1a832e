import { everybody, type Role } from '../../kernel/index.ts';

/** One page to begin from. */
export interface Place {
  readonly text: string;
  readonly href: string;
  readonly for: readonly Role[];
  /** Where else its pages are. */
  readonly below?: readonly string[];
}

const staff: readonly Role[] = ['caseworker', 'manager', 'finance', 'auditor', 'administrator'];
const ofGrants: readonly Role[] = ['caseworker', 'manager', 'finance', 'auditor'];
const ofRuns: readonly Role[] = ['finance', 'manager', 'releaser', 'auditor'];

/** The areas in the bar at the top, seven or eight for anybody, and the places of each for those who have something to do there. */
export const areas: readonly { readonly name: string; readonly places: readonly Place[] }[] = [
  { name: 'Home', places: [{ text: 'Home', href: '/', for: everybody }] },
  { name: 'Referrals', places: [{ text: 'Referrals', href: '/referrals', for: ['partner'] }] },
  {
    name: 'Families',
    places: [
      {
        text: 'All families',
        href: '/families',
        for: staff,
        below: ['/plans', '/plan-changes', '/falls', '/moves-home'],
      },
      { text: 'Messages', href: '/messages', for: ['caseworker', 'manager'] },
      { text: 'What would a family get?', href: '/what-would-a-family-get', for: ['caseworker', 'manager'] },
    ],
  },
  {
    name: 'Grants',
    places: [
      { text: 'Applications', href: '/grants', for: ofGrants },
      { text: 'Asked for, and to follow up', href: '/asked-for', for: ofGrants },
      { text: 'Second looks', href: '/grants/second-looks', for: ['manager'] },
      { text: 'What can be asked for', href: '/grants/catalogue', for: ofGrants },
      { text: 'Who else helps', href: '/signposts', for: ofGrants },
    ],
  },
  { name: 'Notices', places: [{ text: 'Notices', href: '/notices', for: staff }] },
  {
    name: 'Waiting',
    places: [
      { text: 'Decisions', href: '/waiting', for: staff, below: ['/approvals', '/bank-details'] },
      { text: 'Overpayments', href: '/overpayments', for: ['manager', 'finance'] },
      { text: 'My limits', href: '/my-limits', for: ['manager', 'finance'] },
    ],
  },
  {
    name: 'Payments',
    places: [
      { text: 'Runs', href: '/runs', for: ofRuns, below: ['/payments'] },
      { text: 'Pay calendar', href: '/calendar', for: ofRuns, below: ['/pay-days'] },
      { text: 'Bank files', href: '/bank-files', for: ofRuns, below: ['/bank-reports'] },
      { text: 'Came back', href: '/returns', for: ['caseworker', 'manager', 'finance', 'auditor'] },
    ],
  },
  {
    name: 'Money',
    places: [
      { text: 'Funds', href: '/funds', for: ['manager', 'finance', 'auditor', 'administrator'] },
      { text: 'Spend', href: '/spend', for: ['manager', 'finance', 'auditor', 'administrator'] },
      { text: 'Ledger', href: '/ledger', for: ['finance', 'auditor'] },
      { text: 'Reconciliation', href: '/reconciliation', for: ['finance', 'auditor', 'administrator'] },
    ],
  },
  {
    name: 'Administration',
    places: [
      { text: 'Settings', href: '/administration', for: ['finance', 'auditor', 'administrator'] },
      { text: 'Audit', href: '/audit', for: ['auditor', 'administrator'], below: ['/verify'] },
    ],
  },
];
