import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** A family that may be the one somebody describes, and what the two have in common. */
export interface MaybeSameFamily {
  readonly id: string;
  readonly reference: string;
  readonly lead: string | null;
  readonly sameName: boolean;
  readonly sameBirth: boolean;
  readonly samePostcode: boolean;
}

/** Finds families that share a name, a day of birth or a postcode with somebody described, the likeliest first. */
export function familiesMaybeSame(
  tx: Transaction,
  described: { readonly name: string; readonly born: PlainDate | null; readonly postcode: string },
): Promise<MaybeSameFamily[]> {
  return tx.query(
    `with alike as (
       select f.id, f.reference, (select m.name from families.member m
           where m.family_id = f.id and m.relationship = 'lead' and m.left_on is null) as lead,
         exists (select from families.member m where m.family_id = f.id and lower(btrim(m.name)) = lower(btrim($1))) as "sameName",
         exists (select from families.member m where m.family_id = f.id and m.relationship <> 'child' and m.born = $2::date) as "sameBirth",
         coalesce($3 <> '' and replace(upper(f.postcode), ' ', '') = replace(upper($3), ' ', ''), false) as "samePostcode"
         from families.family f)
     select * from alike where "sameName" or "sameBirth" or "samePostcode"
      order by "sameName"::int * 2 + "sameBirth"::int * 2 + "samePostcode"::int desc, reference limit 20`,
    [described.name, described.born, described.postcode],
  );
}
