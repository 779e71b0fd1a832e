import { VerifyBooks } from '../../src/house/index.ts';
import { ChangeCouncil, ProposeLimit, SaveTeam } from '../../src/identity/index.ts';
import { Money, type PlainDate } from '../../src/kernel/index.ts';
import { ProposeOriginator } from '../../src/payments/index.ts';
import { Drafts } from '../../src/platform/index.ts';
import { ProposeRates } from '../../src/subsistence/index.ts';
import { workOff } from './outbox-by-hand.ts';
import type { TestHouse } from './test-house.ts';

/** What administrators have begun: a team, proposals that wait for a second person, answers half given. */
export interface AdministrationScene {
  readonly team: string;
  readonly limitProposal: string;
  readonly rateProposal: string;
  readonly originatorProposal: string;
}

const RATES = {
  rateTable: 'guide',
  effectiveFrom: '2026-12-01' as PlainDate,
  amounts: { person: '51.40', 'under-1': '10.00' },
  reason: 'Review of weekly allowances, agreed by the cabinet member in November',
};

/** Begins what administrators begin, in the council of a scene. */
export async function administrationScene(house: TestHouse): Promise<AdministrationScene> {
  const { app, council } = house;
  const { administrator, auditor } = council.actors;
  const lead = { name: 'Harbour team', leadId: council.userIds.manager, isActive: true };
  const { teamId: team } = await app.get(SaveTeam).add(administrator, lead);
  await app.get(SaveTeam).put(administrator, council.userIds.caseworker, team);
  const settings = { serviceStructure: 'dispersed', contact: 'NRPF team, Town Hall\n01632 960001' } as const;
  const why = 'One team for each half of the borough since April';
  await app.get(ChangeCouncil).run(administrator, settings, { version: 1, reason: why });
  const { proposalId: rateProposal } = await app
    .get(ProposeRates)
    .run(council.actors.finance, { ...RATES, acceptsBackDating: true });
  await app.get(Drafts).keep(administrator, 'rates/new', RATES);
  const person = { name: 'Noor Example', email: 'noor@northshire.example', roles: ['caseworker', 'manager'] };
  await app.get(Drafts).keep(administrator, 'people/new', person);
  await app.get(VerifyBooks).ask(auditor);
  await workOff(app, council.id);
  return { team, rateProposal, ...(await proposedBy(house)) };
}

async function proposedBy({ app, council }: TestHouse): Promise<{ limitProposal: string; originatorProposal: string }> {
  const { administrator } = council.actors;
  const limit = { role: 'manager', kind: 'support-plan', amount: Money.gbp('1500.00') } as const;
  const from = { effectiveFrom: '2027-01-04' as PlainDate };
  const raised = await app
    .get(ProposeLimit)
    .run(administrator, { ...limit, ...from }, 'Rents rose; scheme 4.2 amended');
  const account = {
    ...{ serviceUserNumber: '654321', sortCode: '000098', accountNumber: '87654321' },
    ...{ accountName: 'NORTHSHIRE', referencePrefix: 'NS' },
  };
  const moved = await app.get(ProposeOriginator).run(administrator, account, 'The council changes its bank in January');
  return { limitProposal: raised.proposalId, originatorProposal: moved.proposalId };
}
