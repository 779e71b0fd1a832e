import type { LimitKind, Postage, ServiceStructure } from '../../identity/index.ts';
import { type Role, roles } from '../../kernel/index.ts';

/** What each role is for, in plain words. */
export const roleTerms: Readonly<Record<Role, string>> = {
  caseworker: 'Sees families, writes down changes, proposes plans and bank details',
  manager: 'Decides about plans and runs, up to a limit',
  finance: 'Opens and checks runs, keeps funds, confirms limits and rates',
  releaser: 'Posts approved runs to the bank',
  auditor: 'Sees everything and changes nothing',
  administrator: 'Sets up people, limits, rates and the council itself',
  partner: 'Refers families for an agency outside the council, and sees only those referrals',
};
/** What a limit is about. */
export const limitTerms = {
  ...{ 'support-plan': 'A support plan’s week', 'section-17-run': 'A run’s total', 'grant-award': 'A grant' },
  ...{ 'grant-emergency': 'A same-day emergency grant', 'grant-variation': 'A change of a grant' },
  ...{ 'grant-review': 'A review of a decision on a grant', payee: 'A payee other than the family' },
  ...{ 'write-off': 'Money written off', 'period-reopen': 'A closed period opened again' },
  'grants-run': 'A grants run’s total',
} as const;
/** Says what something to approve is, in plain words. */
export const kindTerm = (kind: LimitKind): string => (kind === 'bank-details' ? 'Bank details' : limitTerms[kind]);
/** How early action is organised. */
export const structureTerms: Readonly<Record<ServiceStructure, { text: string; hint: string }>> = {
  'dedicated-social-workers': {
    text: 'Dedicated social workers',
    hint: 'A family’s owner is called its social worker.',
  },
  'dedicated-caseworkers': { text: 'Dedicated caseworkers', hint: 'A family’s owner is called its caseworker.' },
  dispersed: {
    text: 'Dispersed, with oversight',
    hint: 'A family’s owner is called its worker, overseen by the lead of that worker’s team.',
  },
};
/** Whose bank holidays count. */
export const divisionTerms = {
  ...{ 'england-and-wales': 'England and Wales', scotland: 'Scotland', 'northern-ireland': 'Northern Ireland' },
} as const;
/** How letters go. */
export const postageTerms: Readonly<Record<Postage, { text: string; hint: string }>> = {
  first: { text: 'First class', hint: 'Fastest, and dearest. Notice begins when the letter arrives.' },
  second: { text: 'Second class', hint: 'A day or two slower: changes must be known a little earlier.' },
  economy: { text: 'Economy', hint: 'Cheapest, and slowest: for calendars and other letters without haste.' },
};
/** What a rate is for. */
export const componentTerms = {
  ...{ person: 'Each person', pregnant: 'Extra while pregnant', 'under-1': 'Extra for a baby under 1' },
  'age-1-to-3': 'Extra for a child aged 1 to 3',
} as const;

/** The roles as the boxes of a form. */
export const roleBoxes = roles.map((role) => ({ value: role, hint: roleTerms[role] }));
