import type { INestApplicationContext } from '@nestjs/common';
import { AddBudget, AddFund } from '../funds/index.ts';
import { AddUser, createAuthority, type NewAuthority, type NewUser, SetLimit } from '../identity/index.ts';
import { StartCatalogue } from '../grants/index.ts';
import { type Actor, Money, operatorOf, plainDate } from '../kernel/index.ts';
import { openCouncilAccounts } from '../ledger/index.ts';
import { SetOriginator } from '../payments/index.ts';
import { ownerDatabase, UnitOfWork } from '../platform/index.ts';
import { AddRates, guideRates } from '../subsistence/index.ts';

/** Everything a council starts with. */
export interface CouncilToSetUp extends NewAuthority {
  readonly users: readonly NewUser[];
  readonly originator: {
    readonly serviceUserNumber: string;
    readonly sortCode: string;
    readonly accountNumber: string;
    readonly accountName: string;
    readonly referencePrefix: string;
  };
  readonly budget?: { readonly amount: Money; readonly financialYear: string };
  /** Up to how much a manager may approve. */
  readonly limits: { readonly run: Money; readonly plan: Money; readonly grant?: Money };
}

/** The account that imports by the operator are proposed under. */
export const OPERATOR_EMAIL = 'operator@mainstay.invalid';

const LIMITS_FROM = plainDate('2024-01-15');

/** Sets up a council: people, limits, guide rates, its section 17 fund, its paying account. @returns its id and people's ids */
export async function setUpCouncil(
  app: INestApplicationContext,
  ownerUrl: string,
  council: CouncilToSetUp,
): Promise<{ authorityId: string; userIds: Map<string, string> }> {
  const owner = await ownerDatabase(ownerUrl).initialize();
  const made = createAuthority(owner, council);
  const authorityId = await made.finally(() => void owner.destroy());
  const operator = operatorOf(authorityId);
  await app.get(UnitOfWork).run({ name: 'house.open-accounts', actor: operator }, openCouncilAccounts);
  const userIds = await addPeople(app, operator, council.users);
  await setLimits(app, operator, council.limits);
  await addGuideRates(app, operator, userIds);
  await app
    .get(AddFund)
    .run(operator, { code: 'section-17', name: 'Section 17 support', pays: ['section-17'], isSection17Default: true });
  if (council.budget) {
    const { amount, financialYear } = council.budget;
    await app
      .get(AddBudget)
      .run(operator, { fundCode: 'section-17', amount, financialYear, reason: 'Budget for the year' });
  }
  await app.get(StartCatalogue).run(operator);
  await app.get(SetOriginator).run(operator, council.originator);
  return { authorityId, userIds };
}

async function addPeople(
  app: INestApplicationContext,
  operator: Actor,
  users: readonly NewUser[],
): Promise<Map<string, string>> {
  const machine: NewUser = { email: OPERATOR_EMAIL, name: 'Operator', roles: ['caseworker', 'administrator'] };
  const ids = new Map<string, string>();
  for (const user of [machine, ...users]) ids.set(user.email, await app.get(AddUser).run(operator, user));
  return ids;
}

async function setLimits(
  app: INestApplicationContext,
  operator: Actor,
  limits: CouncilToSetUp['limits'],
): Promise<void> {
  const set = { role: 'manager', effectiveFrom: LIMITS_FROM } as const;
  await app.get(SetLimit).run(operator, { ...set, kind: 'section-17-run', amount: limits.run });
  await app.get(SetLimit).run(operator, { ...set, kind: 'support-plan', amount: limits.plan });
  // Who signs what the books undo: somebody else of finance, or an administrator.
  for (const role of ['finance', 'administrator'] as const)
    for (const kind of ['write-off', 'period-reopen'] as const)
      await app.get(SetLimit).run(operator, { ...set, role, kind, amount: limits.run });
  if (!limits.grant) return;
  for (const kind of ['grant-award', 'grant-emergency', 'grant-variation', 'grant-review'] as const)
    await app.get(SetLimit).run(operator, { ...set, kind, amount: limits.grant });
  await app.get(SetLimit).run(operator, { ...set, kind: 'grants-run', amount: limits.run });
}

/** Guide rates need two people: the operator proposes what came with the release, the first other person stands for it. */
async function addGuideRates(
  app: INestApplicationContext,
  operator: Actor,
  userIds: Map<string, string>,
): Promise<void> {
  const proposedBy = userIds.get(OPERATOR_EMAIL) as string;
  const approvedBy = [...userIds.values()].find((id) => id !== proposedBy);
  if (!approvedBy) throw new Error('a council needs at least one person who stands for its rates');
  const rates = guideRates.map((rate) => ({
    ...rate,
    weekly: Money.gbp(rate.weekly),
    rateTable: 'guide',
    proposedBy,
    approvedBy,
  }));
  await app.get(AddRates).run(operator, rates);
}
