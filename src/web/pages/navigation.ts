import { everybody, type Role } from '../../kernel/index.ts';

/** One way in the bar at the top. */
export interface Way {
  readonly text: string;
  readonly href: string;
  readonly for: readonly Role[];
}

/** The ways in the bar at the top, each for those who have something to do there. */
export const ways: readonly Way[] = [
  { text: 'Home', href: '/', for: everybody },
  { text: 'Referrals', href: '/referrals', for: ['partner'] },
  { text: 'Families', href: '/families', for: ['caseworker', 'manager', 'finance', 'auditor', 'administrator'] },
  { text: 'Grants', href: '/grants', for: ['caseworker', 'manager', 'finance', 'auditor'] },
  { text: 'Notices', href: '/notices', for: ['caseworker', 'manager', 'finance', 'auditor', 'administrator'] },
  { text: 'Waiting', href: '/waiting', for: ['caseworker', 'manager', 'finance', 'auditor', 'administrator'] },
  { text: 'My limits', href: '/my-limits', for: ['manager', 'finance'] },
  { text: 'Runs', href: '/runs', for: ['finance', 'manager', 'releaser', 'auditor'] },
  { text: 'Bank files', href: '/bank-files', for: ['finance', 'manager', 'releaser', 'auditor'] },
  { text: 'Calendar', href: '/calendar', for: ['finance', 'manager', 'releaser', 'auditor'] },
  { text: 'Calculator', href: '/what-would-a-family-get', for: ['caseworker', 'manager'] },
  { text: 'Funds', href: '/funds', for: ['manager', 'finance', 'auditor', 'administrator'] },
  { text: 'Reconciliation', href: '/reconciliation', for: ['finance', 'auditor', 'administrator'] },
  { text: 'Spend', href: '/spend', for: ['manager', 'finance', 'auditor', 'administrator'] },
  { text: 'Ledger', href: '/ledger', for: ['finance', 'auditor'] },
  { text: 'Administration', href: '/administration', for: ['finance', 'auditor', 'administrator'] },
  { text: 'Audit', href: '/audit', for: ['auditor', 'administrator'] },
];

/** Gives the bar for a person, with the way they are on marked. */
export function navigationFor(held: readonly Role[], path: string): { text: string; href: string; active: boolean }[] {
  const theirs = ways.filter((way) => way.for.some((role) => held.includes(role)));
  return theirs.map(({ text, href }) => ({ text, href, active: href === '/' ? path === '/' : path.startsWith(href) }));
}
