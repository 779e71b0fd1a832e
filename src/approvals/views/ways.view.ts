import { type LimitHeld, type LimitKind, limitsHeld, namesOf } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Way } from '../domain/ways-to-sign.ts';

/** Who stands in for whom. */
export interface StandingIn {
  readonly id: string;
  readonly personId: string;
  readonly standInId: string;
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
}

/** A way to sign, with the name of whoever has it. */
export interface NamedWay extends Way {
  readonly name: string;
}

/** Finds who stands in for somebody today, in force. @param standInId only this person's */
export function standInsToday(tx: Transaction, standInId: string | null = null): Promise<StandingIn[]> {
  return tx.query(
    `select id, person_id as "personId", stand_in_id as "standInId", first_day as "firstDay", last_day as "lastDay"
       from approvals.stand_in s where ended_on is null and kernel.today() between first_day and last_day
        and ($1::bigint is null or stand_in_id = $1) and approvals.may_act(stand_in_id)`,
    [standInId],
  );
}

/** Finds every way one person has to sign something of a kind today: their own limits, and those of whom they stand in for. */
export async function waysOf(tx: Transaction, personId: string, kind: LimitKind): Promise<Way[]> {
  const standIns = await standInsToday(tx, personId);
  const held = await limitsHeld(tx, kind, [personId, ...standIns.map((each) => each.personId)]);
  return [
    ...held.filter((limit) => limit.personId === personId).map(ownWay),
    ...standIns.flatMap((standIn) =>
      held.filter((limit) => limit.personId === standIn.personId).map((limit) => borrowedWay(limit, standIn)),
    ),
  ];
}

/** Finds every way anybody has to sign something of a kind today, the highest limit first, with their names. */
export async function everyWay(tx: Transaction, kind: LimitKind): Promise<NamedWay[]> {
  const held = await limitsHeld(tx, kind);
  const standIns = await standInsToday(tx);
  const names = await namesOf(
    tx,
    standIns.map((each) => each.standInId),
  );
  const borrowed = (limit: LimitHeld, standIn: StandingIn): NamedWay => ({
    ...borrowedWay(limit, standIn),
    name: `${names.get(standIn.standInId) ?? ''}, standing in for ${limit.name}`,
  });
  return held.flatMap((limit) => [
    { ...ownWay(limit), name: limit.name },
    ...standIns.filter(({ personId }) => personId === limit.personId).map((each) => borrowed(limit, each)),
  ]);
}

function ownWay({ personId, role, limitId, upTo, family, isPersonal }: LimitHeld): Way {
  return { personId, inNameOf: personId, standInId: null, role, limitId, upTo, family, isPersonal };
}

function borrowedWay(limit: LimitHeld, { id, standInId }: StandingIn): Way {
  return { ...ownWay(limit), personId: standInId, standInId: id };
}
