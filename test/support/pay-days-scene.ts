import type { PlainDate } from '../../src/kernel/index.ts';
import { Drafts } from '../../src/platform/index.ts';
import { DecidePayDayMove, type MoveAsked, ProposePayDayMove } from '../../src/subsistence/index.ts';
import type { TestHouse } from './test-house.ts';

/** Moves of pay days in the scene: one that waits for a manager, and one that was approved in an emergency. */
export interface PayDaysScene {
  readonly waitingMove: string;
  readonly urgentMove: string;
  /** A family that the finance officer is about to move. */
  readonly movedFamily: string;
  /** The day of a family nobody can reach, kept and not seen to yet. */
  readonly keptDay: string;
}

const toTuesday: MoveAsked = {
  ...{ payDay: 2, frequencyDays: null, from: '2026-12-28' as PlainDate, urgent: null },
  reason: 'The bank needs a day more over the holidays.',
};

/** Begins a move for everyone paid on Thursdays, puts another forward, and has an emergency approved. */
export async function payDaysScene(house: TestHouse): Promise<PayDaysScene> {
  const { app, council } = house;
  const { caseworker, finance, manager } = council.actors;
  const [one, other, third] = await reachable(house);
  const urgent = { reason: 'The bank closed the account.', bridging: 'paid', apology: 'We are sorry.' } as const;
  const put = (planIds: string[], asked: MoveAsked) => app.get(ProposePayDayMove).run(caseworker, planIds, asked);
  const waiting = await put([one.planId], toTuesday);
  const inEmergency = await put([other.planId], {
    ...toTuesday,
    payDay: 5,
    from: '2026-12-14' as PlainDate,
    urgent,
  });
  await app.get(DecidePayDayMove).approve(manager, inEmergency.moveId, 'There is no other way');
  await app.get(Drafts).keep(finance, 'pay-days/new', {
    ...{ ...toTuesday, who: { filter: {}, payDay: 4 }, canWait: true, urgent },
  });
  return {
    ...{ waitingMove: waiting.moveId, urgentMove: inEmergency.moveId, movedFamily: one.familyId },
    keptDay: await keptDay(house, third.planId),
  };
}

/** Moves one family with another that nobody can reach: that one keeps its day, and waits for somebody. */
async function keptDay(house: TestHouse, planId: string): Promise<string> {
  const { app, council, superuser } = house;
  const { moveId } = await app
    .get(ProposePayDayMove)
    .run(council.actors.caseworker, [planId, await unreachable(house)], toTuesday);
  await app.get(DecidePayDayMove).approve(council.actors.manager, moveId, 'Agreed');
  const { rows } = await superuser.query<{ id: string }>(
    `select id from subsistence.kept_day where move_id = $1 and asks_somebody`,
    [moveId],
  );
  if (!rows[0]) throw new Error('nobody in the scene keeps its day');
  return rows[0].id;
}

async function unreachable({ superuser, council }: TestHouse): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `select p.id from subsistence.plan p join families.family f on f.id = p.family_id
      where p.authority_id = $1 and p.state = 'approved' and p.support_to is null and f.contact = 'no' order by p.id limit 1`,
    [council.id],
  );
  if (!rows[0]) throw new Error('everybody in the scene can be reached');
  return rows[0].id;
}

async function reachable({ superuser }: TestHouse) {
  const { rows } = await superuser.query<{ planId: string; familyId: string }>(
    `select p.id as "planId", p.family_id as "familyId"
       from subsistence.plan p join families.family f on f.id = p.family_id
      where p.state = 'approved' and p.support_to is null and families.may_be_told_by(f.id, 'call') and f.contact = 'yes' order by p.id`,
  );
  const [one, other, third] = rows;
  if (!one || !other || !third) throw new Error('nobody in the scene can be told');
  return [one, other, third] as const;
}
