import type { INestApplicationContext } from '@nestjs/common';
import { financialYearOf } from '../funds/index.ts';
import { type CouncilToSetUp, setUpCouncil } from '../house/index.ts';
import { CreateSetUpCode, CreateToken, KeepAgency } from '../identity/index.ts';
import { Money, operatorOf, type PlainDate, type Role } from '../kernel/index.ts';

/** The people of the demonstration; each holds one role. The partner is of an agency outside the council. */
export const personas = [
  { email: 'casey@northshire.example', name: 'Casey Worker', role: 'caseworker' },
  { email: 'morgan@northshire.example', name: 'Morgan Manager', role: 'manager' },
  { email: 'finn@northshire.example', name: 'Finn Finance', role: 'finance' },
  { email: 'riley@northshire.example', name: 'Riley Releaser', role: 'releaser' },
  { email: 'audrey@northshire.example', name: 'Audrey Auditor', role: 'auditor' },
  { email: 'adi@northshire.example', name: 'Adi Administrator', role: 'administrator' },
  { email: 'petra@northtown.example', name: 'Petra Partner', role: 'partner' },
] as const satisfies readonly { email: string; name: string; role: Role }[];

/** A second manager: who had no part in a decision reviews it. */
export const reviewer = { email: 'sasha@northshire.example', name: 'Sasha Senior', role: 'manager' } as const;

/** What a manager of the demo council may approve a week: above every made-up family, and exactly one persona's. */
export const PLAN_LIMIT = Money.gbp('700.00');

/** A demo council that is set up, with a token for each persona. */
export interface DemoCouncil {
  readonly authorityId: string;
  readonly userIds: ReadonlyMap<string, string>;
  readonly tokens: Readonly<Record<Role, string>>;
  /** A one-time code for each persona, to sign in the way people at a council do. */
  readonly setUpCodes: Readonly<Record<Role, string>>;
}

/** Sets up the demo council with money for its caseload. */
export async function setUpDemoCouncil(
  app: INestApplicationContext,
  ownerUrl: string,
  families: number,
  today: PlainDate,
): Promise<DemoCouncil> {
  const { authorityId, userIds } = await setUpCouncil(app, ownerUrl, demoCouncil(families, today));
  await addPartners(app, authorityId, userIds);
  const tokens = {} as Record<Role, string>;
  const setUpCodes = {} as Record<Role, string>;
  for (const { role, email } of personas) {
    tokens[role] = await app.get(CreateToken).run(operatorOf(authorityId), email, 'demo', 30);
    setUpCodes[role] = await app.get(CreateSetUpCode).run(operatorOf(authorityId), email);
  }
  return { authorityId, userIds, tokens, setUpCodes };
}

async function addPartners(
  app: INestApplicationContext,
  authorityId: string,
  userIds: Map<string, string>,
): Promise<void> {
  const operator = operatorOf(authorityId);
  const agency = { name: 'Northtown Advice', contact: 'Petra Partner, 01632 960123' };
  const { agencyId } = await app.get(KeepAgency).add(operator, agency);
  for (const { email, name } of personas.filter(({ role }) => role === 'partner'))
    userIds.set(email, (await app.get(KeepAgency).addPerson(operator, agencyId, { email, name })).userId);
}

function demoCouncil(families: number, today: PlainDate): CouncilToSetUp {
  const aYear = BigInt(Math.max(families, 100)) * 1_500_000n;
  return {
    ...{ slug: 'northshire', name: 'Northshire Council (demonstration)', division: 'england-and-wales' },
    ...{ helpPhone: '01632 960001', returnAddress: ['Northshire Council', 'PO Box 12', 'Northshire', 'NR1 1AA'] },
    users: [...personas, reviewer]
      .filter(({ role }) => role !== 'partner')
      .map(({ email, name, role }) => ({ email, name, roles: [role] })),
    originator: {
      ...{ serviceUserNumber: '123456', sortCode: '000099', accountNumber: '12345678' },
      ...{ accountName: 'NORTHSHIRE COUNCIL', referencePrefix: 'MS' },
    },
    budget: { amount: Money.fromPence(aYear), financialYear: financialYearOf(today) },
    limits: { run: Money.fromPence(aYear), plan: PLAN_LIMIT, grant: Money.gbp('500.00') },
  };
}
