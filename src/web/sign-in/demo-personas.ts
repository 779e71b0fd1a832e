import { personas, reviewer } from '../../demo/council.ts';

/** What each persona of the demonstration comes to do. */
const comesTo: Readonly<Record<string, string>> = {
  caseworker: 'families, support plans, what each is owed',
  manager: 'what waits for a decision',
  finance: 'pay calendar, runs, funds, ledger',
  releaser: 'releasing an approved run, the bank file',
  auditor: 'everything, to read; who looked; whether the books hold',
  partner: 'refers families for an agency, and follows those alone',
  administrator: 'people, limits, rates, budgets, pay days',
};

/** The personas the sign-in page offers in the demonstration. */
export const demoPersonas = [
  ...personas.map((persona) => ({ ...persona, comesTo: comesTo[persona.role] ?? '' })),
  { ...reviewer, comesTo: 'a review of a decision she had no part in' },
];
