import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FamilyReach } from '../../../families/index.ts';
import { type MessageAhead, messagesAhead, type Told } from '../../../notices/index.ts';
import type { Transaction } from '../../../platform/index.ts';
import { ChangePreviews, type FallSeen, householdSeen, type HouseholdSeen } from '../../../subsistence/index.ts';

/** What a change of a household does, with the exact words its family gets. */
export interface HouseholdLook {
  readonly weeks: HouseholdSeen['weeks'];
  readonly falls: readonly (FallSeen & { readonly messages: readonly MessageAhead[] })[];
  /** By which way it is told first, and when it has that; absent when no safe way reaches it. */
  readonly told: Told | null;
  /** What somebody confirms is what they saw: the digest of it. */
  readonly seen: string;
}

/** Looks at what a change of a household does, inside the step that makes it. */
@Injectable()
export class HouseholdLooks {
  constructor(private readonly previews: ChangePreviews) {}

  async of(tx: Transaction, familyId: string): Promise<HouseholdLook> {
    const { weeks, falls } = await householdSeen(tx, familyId);
    const { told, reach } = await this.previews.allowed(tx, familyId, 'override');
    const shown = [];
    for (const fall of falls) shown.push({ ...fall, messages: await messagesAhead(tx, fall.facts, reach) });
    return { weeks, falls: shown, told, seen: digestOf(weeks, shown, reach) };
  }
}

/** Leaves out the numbers of rows: each look makes its own, and takes them back. */
function digestOf(weeks: HouseholdSeen['weeks'], falls: HouseholdLook['falls'], { ways }: FamilyReach): string {
  const told = falls.map(({ cause, fallsOn, takesEffectOn, weeklyBefore, weeklyAfter, messages }) => [
    ...[cause, fallsOn, takesEffectOn, weeklyBefore, weeklyAfter],
    messages.map(({ way, subject, body }) => [way, subject, body]),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([weeks, told, ways]))
    .digest('hex');
}
