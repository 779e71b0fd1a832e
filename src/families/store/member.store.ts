import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { familyChangedMeanwhile, noSuchMember } from '../family-problems.ts';

/** What somebody who changes a member finds there. */
export interface LockedMember {
  readonly familyId: string;
  readonly version: number;
  readonly born: PlainDate | null;
  readonly joinedOn: PlainDate | null;
  readonly leftOn: PlainDate | null;
  /** The first day they can have counted. */
  readonly starts: PlainDate | null;
}

/** Locks a person of a family for a change. @param shown the version that was shown @throws no_such_member, family_changed_meanwhile */
export async function lockMember(tx: Transaction, id: string, shown?: number): Promise<LockedMember> {
  const row = await tx.maybe<LockedMember>(
    `select family_id as "familyId", version, born, joined_on as "joinedOn", left_on as "leftOn",
            greatest(born, joined_on) as starts from families.member where id = $1 for update`,
    [id],
  );
  if (!row) throw noSuchMember('Nobody of this council has that number.');
  if (shown !== undefined && row.version !== shown)
    throw familyChangedMeanwhile('Somebody changed this person after you opened the page.');
  return row;
}
