import { addDays, type PlainDate } from '../../kernel/index.ts';
import type { MemberFacts } from './entitlement/facts.ts';

/** A household to compare rates by: no family of anybody's. */
export interface GuideHousehold {
  readonly name: string;
  readonly members: readonly MemberFacts[];
}

/** Makes up the households whose week shows what a change of rates does, as they would be on a day. */
export function guideHouseholds(on: PlainDate): GuideHousehold[] {
  const lead: MemberFacts = { id: '1', relationship: 'lead', born: addDays(on, -30 * 365) };
  const child = (id: string, days: number): MemberFacts => ({ id, relationship: 'child', born: addDays(on, -days) });
  const partner: MemberFacts = { id: '2', relationship: 'partner', born: addDays(on, -31 * 365) };
  return [
    { name: 'One adult', members: [lead] },
    { name: 'A pregnant adult', members: [{ ...lead, due: addDays(on, 60) }] },
    { name: 'One adult, a baby under 1', members: [lead, child('2', 120)] },
    { name: 'One adult, children of 2 and 6', members: [lead, child('2', 800), child('3', 2300)] },
    {
      name: 'Two adults, children of 2, 6 and 11',
      members: [lead, partner, child('3', 800), child('4', 2300), child('5', 4100)],
    },
  ];
}
