import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** A member as entitlement needs them: no name. */
export interface PricedMember {
  readonly familyId: string;
  readonly id: string;
  readonly relationship: 'lead' | 'partner' | 'child' | 'other';
  readonly born: PlainDate | null;
  readonly due: PlainDate | null;
  readonly birthRecordedOn: PlainDate | null;
  readonly joined: PlainDate | null;
  readonly left: PlainDate | null;
}

/** Reads the members of many families at once, in a stable order. */
export function membersForPricing(tx: Transaction, familyIds: readonly string[]): Promise<PricedMember[]> {
  return tx.query(
    `select family_id as "familyId", id, relationship, born, due, birth_recorded_on as "birthRecordedOn",
            joined_on as joined, left_on as "left"
       from families.member where family_id = any ($1::bigint[]) order by family_id, id`,
    [familyIds],
  );
}

/** Finds the approved bank details to use on a day, for many families at once: the newest past its cool-off. */
export async function instrumentsOn(
  tx: Transaction,
  familyIds: readonly string[],
  day: PlainDate,
): Promise<Map<string, string>> {
  const rows = await tx.query<{ familyId: string; id: string }>(
    `select distinct on (family_id) family_id as "familyId", id from families.instrument
      where family_id = any ($1::bigint[]) and state = 'approved' and kind <> 'third-party' and usable_from <= $2
      order by family_id, usable_from desc, id desc`,
    [familyIds, day],
  );
  return new Map(rows.map((row) => [row.familyId, row.id]));
}
