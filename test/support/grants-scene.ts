import type { INestApplicationContext } from '@nestjs/common';
import { AddBudget, AddFund } from '../../src/funds/index.ts';
import { DecideApplication, PutForward, WriteApplication } from '../../src/grants/index.ts';
import { Money, operatorOf } from '../../src/kernel/index.ts';
import { familyRows, takeIn } from './caseload.ts';
import type { Client } from './http.ts';
import type { TestCouncil } from './test-council.ts';
import type { TestHouse } from './test-house.ts';

/** An application, as far as the tests look. */
export interface ShownApplication {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly family: string;
  readonly asked: string;
  readonly fingerprint: string;
  readonly items: { id: string; code: string; category: string; amount: string; awarded: string | null }[];
  readonly checks: { kind: string; outcome: string; reason: string; resolvedNote: string | null }[];
  readonly award: {
    id: string;
    amount: string;
    state: string;
    approvalId: string;
    instalments: { id: string; amount: string; dueOn: string; state: string }[];
  } | null;
}

/** What a worker usually answers. */
export const ANSWERS = {
  ...{ need: 'The rent is two weeks behind.', childNeed: 'Amara would lose her school place.' },
  ...{ identitySeen: 'Passport of the mother', conflict: 'no' as const },
};

/** Puts a fund for grants into a council, with money. @returns its number */
export async function grantFund(
  app: INestApplicationContext,
  council: Pick<TestCouncil, 'id'>,
  amount: string,
  code = 'early-action',
): Promise<string> {
  const operator = operatorOf(council.id);
  const fundId = await app.get(AddFund).run(operator, { code, name: `Fund ${code}`, pays: ['grant'] });
  const budget = { fundCode: code, amount: Money.gbp(amount), financialYear: '2026-27', reason: 'Budget for the year' };
  await app.get(AddBudget).run(operator, budget);
  return String(fundId);
}

/** Takes a family in that was asked which ways are safe, with an account two people stand for. @returns its number */
export async function knownFamily(house: TestHouse, reference: string, council = house.council): Promise<string> {
  await takeIn(house.app, council, familyRows(reference, { pay_day: 'friday', paid_up_to: '2026-11-27' }));
  const { rows } = await house.superuser.query<{ id: string }>(
    `update families.family set safe_checked_on = '2026-11-02' where reference = $1 and authority_id = $2 returning id`,
    [reference, council.id],
  );
  return rows[0]!.id;
}

/** Takes an application as far as a recommendation, over HTTP, as the caseworker. @returns its number */
export async function recommended(
  client: Client,
  familyId: string,
  items: readonly object[],
  answers: object = {},
): Promise<string> {
  const body = { fundCode: 'early-action', ...ANSWERS, items, ...answers };
  const started = await client.post('caseworker', `/families/${familyId}/grant-applications`, body).expect(201);
  const { applicationId } = started.body as { applicationId: string };
  await client.post('caseworker', `/grant-applications/${applicationId}/submit`).expect(200);
  const words = { recommendation: 'Paying the arrears now costs less than an eviction.' };
  await client.post('caseworker', `/grant-applications/${applicationId}/recommend`, words).expect(200);
  return applicationId;
}

/** A fund without rules. */
export const NO_RULES = {
  ...{
    programme: null,
    buys: null,
    awardCap: null,
    familyCap: null,
    emergencyCap: null,
    coolingOffDays: 0,
    spentBy: null,
  },
};

/** What a decider without a conflict of interest says first. */
export const NO_INTEREST = { interest: { declared: 'none', about: '' } } as const;

export async function shown(client: Client, applicationId: string): Promise<ShownApplication> {
  const { body } = await client.get('manager', `/grant-applications/${applicationId}`).expect(200);
  return body as ShownApplication;
}

/** What a fund says of itself, by its code. */
export async function fundNamed(client: Client, code = 'early-action'): Promise<Record<string, string>> {
  const { body } = await client.get('finance', '/funds').expect(200);
  return (body as { funds: Record<string, string>[] }).funds.find((fund) => fund.code === code)!;
}

const ITEMS = [
  { code: 'rent-arrears', amount: '240.00' },
  { code: 'food', amount: '60.00', instalments: 3 },
];

/** How far an application is taken. */
export type GrantStage =
  'draft' | 'submitted' | 'recommended' | 'changes_asked' | 'declined' | 'approved' | 'emergency';

/** Takes an application as far as asked, each step as the right person; what needs a person is looked at. @returns its number */
export async function takeApplicationTo(
  { app, council }: Pick<TestHouse, 'app' | 'council'>,
  familyId: string,
  stage: GrantStage,
): Promise<string> {
  const { caseworker, manager } = council.actors;
  const emergencyReason = stage === 'emergency' ? 'Locked out tonight' : null;
  const asked = { fundCode: 'early-action', ...ANSWERS, emergencyReason, items: ITEMS };
  const { applicationId } = await app.get(WriteApplication).start(caseworker, familyId, asked);
  if (stage === 'draft') return applicationId;
  const { checks } = await app.get(PutForward).submit(caseworker, applicationId);
  if (stage === 'submitted') return applicationId;
  for (const { kind, outcome } of checks)
    if (outcome === 'person') await app.get(PutForward).resolve(caseworker, applicationId, kind, 'Looked at.');
  const { fingerprint } = await app.get(PutForward).recommend(caseworker, applicationId, 'It helps.');
  if (stage === 'recommended') return applicationId;
  const outcome = stage === 'emergency' ? 'approved' : stage;
  const decision = { ...NO_INTEREST, outcome, fingerprint, reason: 'Because.' } as const;
  await app.get(DecideApplication).run(manager, applicationId, decision);
  return applicationId;
}
