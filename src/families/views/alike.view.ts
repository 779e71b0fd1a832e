import type { Transaction } from '../../platform/index.ts';

/** Another family that has something in common with one. */
export interface AlikeFamily {
  readonly id: string;
  readonly reference: string;
}

/** Finds other families that are, or were, paid to the same account as a family, or as one payee: two numbers or one purse. */
export function familiesWithSameAccount(tx: Transaction, familyId: string): Promise<AlikeFamily[]> {
  return tx.query(
    `select distinct f.id, f.reference from families.instrument mine
       join families.instrument theirs on theirs.fingerprint = mine.fingerprint and theirs.family_id <> mine.family_id
            -- A landlord may be paid for many families.
            and not (mine.kind = 'third-party' and theirs.kind = 'third-party')
       join families.family f on f.id = theirs.family_id
      where mine.family_id = $1 and mine.state <> 'refused' and theirs.state <> 'refused' order by f.reference limit 20`,
    [familyId],
  );
}

/** Finds other families at the same postcode, however it is written. */
export function familiesAtSamePostcode(tx: Transaction, familyId: string): Promise<AlikeFamily[]> {
  return tx.query(
    `select f.id, f.reference from families.family mine
       join families.family f on f.id <> mine.id and replace(upper(f.postcode), ' ', '') = replace(upper(mine.postcode), ' ', '')
      where mine.id = $1 order by f.reference limit 200`,
    [familyId],
  );
}
