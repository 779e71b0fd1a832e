import type { FamilyPersona } from '../../src/demo/personas.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { type MoveHomeAsked, PlanMoveHome, SettleMoveHome } from '../../src/notices/index.ts';
import { Drafts } from '../../src/platform/index.ts';
import { DecidePlanChange, type PlanChangeTerms, ProposePlanChange } from '../../src/subsistence/index.ts';
import type { TestHouse } from './test-house.ts';

/** Changes families are told of: a move that waits for a manager, one that was allowed, a lower amount in notice. */
export interface ToldScene {
  /** A family whose worker is about to plan its move. */
  readonly movingFamily: string;
  readonly urgentMoveHome: string;
  readonly changeInNotice: string;
}

const address = { line1: '5 New Street', line2: null, town: 'Southtown', postcode: 'SE2 2BB' };

/** Sets that scene. */
export async function toldScene(house: TestHouse, family: Readonly<Record<FamilyPersona, string>>): Promise<ToldScene> {
  const { app, council } = house;
  const { caseworker, manager } = council.actors;
  const soon: MoveHomeAsked = {
    ...{ ...address, movesOn: '2026-12-07' as PlainDate, travel: 'arranged', travelSays: 'A taxi comes at ten.' },
    ...{ reason: 'The ceiling of the kitchen fell in.' },
    urgent: { reason: 'The home is not safe.', apology: 'We are sorry that you must move so soon.' },
  };
  const allowed = await app.get(PlanMoveHome).run(caseworker, family['P-PART-WEEK'], soon);
  await app.get(SettleMoveHome).allowUrgent(manager, allowed.moveId);
  const asked = await app.get(PlanMoveHome).run(caseworker, family['P-BABY'], soon);
  await app.get(Drafts).keep(caseworker, `families/move-home/${family['P-WELFARE']}`, {
    asked: { ...soon, movesOn: '2027-01-14', urgent: null },
    forms: {},
  });
  return {
    ...{ movingFamily: family['P-WELFARE'], urgentMoveHome: asked.moveId },
    changeInNotice: await changeInNotice(house, family['P-AT-LIMIT']),
  };
}

async function changeInNotice({ app, council, superuser }: TestHouse, familyId: string): Promise<string> {
  const { rows } = await superuser.query<{ id: string; version: number }>(
    `select id, version from subsistence.plan where family_id = $1`,
    [familyId],
  );
  const plan = rows[0];
  if (!plan) throw new Error(`family ${familyId} has no plan`);
  const terms: PlanChangeTerms = {
    ...{ kind: 'override', from: '2027-01-14' as PlainDate, weekly: '40.00' },
    reason: 'Another council pays for one of the children.',
  };
  const { changeId } = await app.get(ProposePlanChange).run(council.actors.caseworker, plan.id, plan.version, terms);
  await app.get(DecidePlanChange).approve(council.actors.manager, changeId, '');
  return changeId;
}
