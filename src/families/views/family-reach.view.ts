import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type Channel, type Reachable, waysToReach } from '../domain/safe-ways.ts';

/** How one family can be told something, for whoever tells it. */
export interface FamilyReach {
  readonly familyId: string;
  /** The language it reads, by its code. */
  readonly reads: string;
  readonly interpreter: boolean;
  /** True when nothing it is sent may say why. */
  readonly isDiscreet: boolean;
  readonly contact: Reachable['contact'];
  /** The ways that are safe and have an address, in the order to try them; none when only a person can help. */
  readonly ways: readonly Channel[];
  readonly mobile: string | null;
  readonly email: string | null;
  /** To whom a letter is, wherever it goes. */
  readonly leadName: string;
  /** As on an envelope, the name of who leads the family first; empty when no letter can be sent. */
  readonly addressLines: readonly string[];
  readonly safeCheckedOn: PlainDate | null;
}

type Row = Omit<FamilyReach, 'isDiscreet' | 'ways'> & Reachable;

/** Tells how many families can be reached, all in one question, by number. */
export async function familyReach(tx: Transaction, familyIds: readonly string[]): Promise<Map<string, FamilyReach>> {
  const rows = await tx.query<Row>(
    `select f.id as "familyId", coalesce(f.reads, f.language) as reads, f.interpreter, f.contact, f.mobile, f.email,
            f.safe_checked_on as "safeCheckedOn", coalesce(m.name, 'The family') as "leadName", f.safe_channels as "safeChannels", f.first_channel as "firstChannel",
            whole as "hasAddress", case when whole then array_remove(
              array[m.name, f.address_line_1, f.address_line_2, f.town, f.postcode], null) else '{}' end as "addressLines"
       from families.family f
      cross join lateral (select num_nulls(f.address_line_1, f.town, f.postcode) = 0 as whole) a
       left join families.member m on m.family_id = f.id and m.relationship = 'lead' and m.left_on is null
      where f.id = any ($1::bigint[])`,
    [familyIds],
  );
  return new Map(rows.map((row) => [row.familyId, reachOf(row)]));
}

function reachOf({ safeChannels, firstChannel, hasAddress, ...row }: Row): FamilyReach {
  const ways = waysToReach({ ...row, safeChannels, firstChannel, hasAddress });
  return { ...row, ways, isDiscreet: row.contact === 'discreet' };
}
