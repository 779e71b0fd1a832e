import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Channel } from '../domain/safe-ways.ts';

/** By which ways messages go by themselves. */
type SentWay = Exclude<Channel, 'call'>;

/** A number, inbox or address a family was written to until it gave another. */
export interface FormerContact {
  readonly id: string;
  readonly channel: SentWay;
  /** Of an address its lines, without a name. */
  readonly destination: string;
  /** Whether what is sent there must say nothing. */
  readonly isDiscreet: boolean;
  /** Whether it may still be told: it was safe, and nobody says otherwise since. */
  readonly mayBeTold: boolean;
}

/** A change of how a family is reached, as whoever decides on its account is shown it: where is masked. */
export interface ContactChange {
  readonly channel: SentWay;
  readonly ending: string;
  readonly leftOn: PlainDate;
  readonly leftBy: string | null;
  readonly unsafeBy: string | null;
  readonly mayBeTold: boolean;
}

const COLUMNS = `c.id, c.channel, c.destination, c.is_discreet as "isDiscreet", families.may_be_told_at(c) as "mayBeTold"`;

/** Finds where a family is to be told of new bank details besides: the safe places it was reached at just before. */
export function oldContactsToTell(tx: Transaction, instrumentId: string): Promise<FormerContact[]> {
  return tx.query(
    `select ${COLUMNS} from families.instrument i cross join lateral families.old_contacts_to_tell(i) c where i.id = $1`,
    [instrumentId],
  );
}

/** Reads old contacts by number. */
export async function formerContacts(tx: Transaction, ids: readonly string[]): Promise<Map<string, FormerContact>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<FormerContact>(
    `select ${COLUMNS} from families.former_contact c where c.id = any ($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Lists how a family was reached in the cool-off before new bank details were proposed, for whoever decides on them. */
export function contactChangesBefore(tx: Transaction, instrumentId: string): Promise<ContactChange[]> {
  return tx.query(
    `select c.channel, case c.channel when 'letter' then split_part(c.destination, E'\\n', -1)
                                    else right(split_part(c.destination, '@', 1), 3) end as ending, c.left_on as "leftOn", c.left_by as "leftBy",
            c.unsafe_by as "unsafeBy", families.may_be_told_at(c) as "mayBeTold"
       from families.instrument i cross join lateral families.contacts_left_before(i) c
      where i.id = $1 order by c.id desc`,
    [instrumentId],
  );
}
