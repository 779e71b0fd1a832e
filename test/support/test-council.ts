import type { INestApplicationContext } from '@nestjs/common';
import { setUpCouncil } from '../../src/house/index.ts';
import { CreateToken, KeepAgency } from '../../src/identity/index.ts';
import { type Actor, Money, operatorOf, type Role } from '../../src/kernel/index.ts';

/** The people of a test council: one for each role, and a second manager, finance officer and releaser. */
export type Persona = Role | 'manager2' | 'finance2' | 'releaser2';

const roleOf: Record<Persona, Role> = {
  ...{ caseworker: 'caseworker', manager: 'manager', finance: 'finance', releaser: 'releaser' },
  ...{ auditor: 'auditor', administrator: 'administrator' },
  partner: 'partner',
  ...{ manager2: 'manager', finance2: 'finance', releaser2: 'releaser' },
};
const personas = Object.keys(roleOf) as Persona[];
/** The people of the council itself: the partner is of an agency. */
const ofTheCouncil = personas.filter((persona) => persona !== 'partner');

/** A council that is set up, with its people ready to act. */
export interface TestCouncil {
  readonly id: string;
  /** The agency the partner is of. */
  readonly agencyId: string;
  readonly slug: string;
  readonly actors: Readonly<Record<Persona, Actor>>;
  readonly userIds: Readonly<Record<Persona, string>>;
  readonly tokens: Readonly<Record<Persona, string>>;
}

/** What the section 17 fund of a test council begins with. */
export const BUDGET = '50000.00';

/** Sets up a council with its personas, a section 17 fund and delegated limits. */
export async function setUpTestCouncil(
  app: INestApplicationContext,
  ownerUrl: string,
  slug: string,
): Promise<TestCouncil> {
  const emailOf = (persona: Persona): string => `${persona}@${slug}.example`;
  const { authorityId, userIds } = await setUpCouncil(app, ownerUrl, {
    ...{ slug, name: `The council of ${slug}`, division: 'england-and-wales' },
    ...{ helpPhone: '01632 960001', returnAddress: [`The council of ${slug}`, 'Town Hall', 'NR1 1AA'] },
    users: ofTheCouncil.map((persona) => ({ email: emailOf(persona), name: persona, roles: [roleOf[persona]] })),
    originator: {
      ...{ serviceUserNumber: '123456', sortCode: '000099', accountNumber: '12345678' },
      ...{ accountName: slug.toUpperCase(), referencePrefix: 'MS' },
    },
    budget: { amount: Money.gbp(BUDGET), financialYear: '2026-27' },
    limits: { run: Money.gbp('20000.00'), plan: Money.gbp('1000.00'), grant: Money.gbp('1000.00') },
  });
  const operator = operatorOf(authorityId);
  const { agencyId } = await app
    .get(KeepAgency)
    .add(operator, { name: 'Northtown Advice', contact: 'Ros Lane, 01632 960123' });
  const partner = { email: emailOf('partner'), name: 'partner' };
  userIds.set(partner.email, (await app.get(KeepAgency).addPerson(operator, agencyId, partner)).userId);
  const made: { persona: Persona; userId: string; token: string }[] = [];
  for (const persona of personas) {
    const token = await app.get(CreateToken).run(operatorOf(authorityId), emailOf(persona), 'test', 30);
    made.push({ persona, token, userId: userIds.get(emailOf(persona)) as string });
  }
  const byPersona = <T>(pick: (each: (typeof made)[number]) => T): Record<Persona, T> =>
    Object.fromEntries(made.map((each) => [each.persona, pick(each)])) as Record<Persona, T>;
  return {
    ...{
      id: authorityId,
      agencyId,
      slug,
      userIds: byPersona((each) => each.userId),
      tokens: byPersona((each) => each.token),
    },
    actors: byPersona(({ persona, userId }) => ({ authorityId, userId, roles: [roleOf[persona]], channel: 'api' })),
  };
}
