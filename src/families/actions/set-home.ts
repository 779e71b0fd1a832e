import type { Transaction } from '../../platform/index.ts';
import { checkedPlace, type Place } from '../domain/contact-details.ts';
import { lockFamily } from '../store/families.store.ts';

/** Writes down where a family lives from today, for the room that told it of its move. @throws family_details_refused */
export async function setHome(tx: Transaction, familyId: string, given: Omit<Place, 'ward'>): Promise<void> {
  const { line1, line2, town, postcode } = checkedPlace({ ...given, ward: null });
  await lockFamily(tx, familyId);
  // Told of its move where it lived, the family is not told of its money there afterwards: others live there now.
  await tx.query(`select set_config('mainstay.moves_home', 'yes', true)`);
  await tx.query(
    `update families.family set address_line_1 = $2, address_line_2 = $3, town = $4, postcode = $5, ward = null,
            version = version + 1 where id = $1`,
    [familyId, line1, line2, town, postcode],
  );
  await tx.query(`select set_config('mainstay.moves_home', '', true)`);
  tx.audit({ action: 'families.address-changed', subjectKind: 'family', subjectId: familyId, detail: { ward: null } });
}
