import {
  AgreeSignatures,
  CloseApprovals,
  DeclareConflict,
  NameStandIn,
  OverdueTick,
} from '../../src/approvals/index.ts';
import { Money, type PlainDate } from '../../src/kernel/index.ts';
import { agreeSigners, askForGrant, decideGrant, limitTo } from './grants-asked.ts';
import type { TestHouse } from './test-house.ts';

/** What approvals are like in a council: rules agreed and proposed, a grant half signed, somebody away, days closed. */
export interface ApprovalsScene {
  readonly signatureRule: string;
  /** A grant that needs two signatures, and has one. */
  readonly halfSigned: string;
  readonly closedApprovals: string;
}

/** Sets up approvals in the council of a scene; what waits since the days before is overdue. */
export async function approvalsScene(house: TestHouse): Promise<ApprovalsScene> {
  const { app, council } = house;
  const { manager, administrator, finance } = council.actors;
  await limitTo(house, 'manager', '1000.00', { family: { amount: Money.gbp('1500.00'), months: 12 } });
  await limitTo(house, 'finance', '5000.00');
  await agreeSigners(house, 'grant-award', '500.00', ['manager', 'any']);
  const rule = {
    kind: 'grant-award',
    fromAmount: Money.gbp('2500.00'),
    effectiveFrom: '2027-01-04' as PlainDate,
  } as const;
  const { policyId } = await app.get(AgreeSignatures).propose(administrator, {
    ...rule,
    signers: ['manager', 'manager', 'finance'],
    reason: 'Scheme of delegation 4.3',
  });
  const grant = await askForGrant(house, { amount: '750.00' });
  await app.get(DeclareConflict).run(manager, grant.requestId, { declared: 'none', about: '' });
  const conflict = { declared: 'conflict', about: 'The landlord is a relative' } as const;
  await app.get(DeclareConflict).run(finance, grant.requestId, conflict);
  await decideGrant(house, 'manager', grant);
  const away = { firstDay: '2026-12-21' as PlainDate, lastDay: '2026-12-31' as PlainDate, reason: 'Annual leave' };
  await app.get(NameStandIn).run(manager, { standInId: council.userIds.manager2, ...away });
  const yearEnd = {
    firstDay: '2027-03-29' as PlainDate,
    lastDay: '2027-04-05' as PlainDate,
    reason: 'The year is closed',
  };
  const { freezeId } = await app
    .get(CloseApprovals)
    .run(administrator, { kinds: ['grant-award', 'write-off'], ...yearEnd });
  await app.get(OverdueTick).tick(council.id);
  return { signatureRule: policyId, halfSigned: grant.requestId, closedApprovals: freezeId };
}
