import { Injectable } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { type FamilyReach, familyReach, noSuchFamily } from '../../families/index.ts';
import { addDays, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { MoveHomeAsked } from '../domain/move-home.ts';
import type { AccommodationFacts } from '../domain/notice-facts.ts';
import { telling, type Told } from './telling.view.ts';

/** How and from which day on a family can be moved. */
export interface MoveHomeAllowed {
  readonly reach: FamilyReach;
  readonly told: Told | null;
  readonly noticeDays: number;
  /** The first day the notice allows. */
  readonly earliest: PlainDate;
}

/** Shows what a family would be told of a move, before anybody plans it. */
@Injectable()
export class MoveHomePreviews {
  constructor(private readonly calendars: Calendars) {}

  /** @throws no_such_family */
  async allowed(tx: Transaction, familyId: string): Promise<MoveHomeAllowed> {
    const reach = (await familyReach(tx, [familyId])).get(familyId);
    if (!reach) throw noSuchFamily('No family of this council has that number.');
    const times = await telling(tx, this.calendars);
    const told = times.expected(reach) ?? null;
    const { noticeDays } = times.policy;
    return { reach, told, noticeDays, earliest: times.earliest(told?.receivedOn ?? tx.today, noticeDays) };
  }
}

/** Puts a planned move as its notice tells it. */
export function factsOfMoveHome(asked: MoveHomeAsked): AccommodationFacts {
  const { movesOn, line1, line2, town, postcode, travel, travelSays, reason, urgent } = asked;
  return {
    ...{ kind: 'accommodation', movesOn, reason, urgent: urgent && { apology: urgent.apology } },
    newAddress: [line1, line2, town, postcode].filter((line): line is string => line !== null),
    travel: travel === 'arranged' ? travelSays : null,
  };
}

/** Gives the last day a family may have the notice of a move. */
export function neededByOf(movesOn: PlainDate, noticeDays: number): PlainDate {
  return addDays(movesOn, -noticeDays - 1);
}
