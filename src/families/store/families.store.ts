import type { Transaction } from '../../platform/index.ts';
import type { Place } from '../domain/contact-details.ts';
import { type SafeWays, UNASKED } from '../domain/safe-ways.ts';
import { familyChangedMeanwhile, noSuchFamily } from '../family-problems.ts';

/** A family as it is written down. */
export interface FamilyRow {
  readonly id: string;
  readonly reference: string;
  readonly language: string;
  readonly contact: string;
  readonly mobile: string | null;
  readonly email: string | null;
  readonly address_line_1: string | null;
  readonly address_line_2: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
  readonly ward: string | null;
  readonly team: string | null;
  /** Which ways of telling it are safe; left out, nobody was asked. */
  readonly safe_channels?: readonly string[] | undefined;
  readonly first_channel?: string | null;
  readonly safe_checked_on?: string | null;
  readonly reads?: string | null;
  readonly interpreter?: boolean;
}

/** A member as written down. */
export interface MemberRow {
  readonly id: string;
  readonly family_id: string;
  readonly relationship: string;
  readonly name: string;
  readonly born: string | null;
  readonly due: string | null;
  readonly joined_on: string | null;
  readonly left_on: string | null;
}

/** A version of a family's bank details, sealed. Binary columns in hexadecimal. */
export interface InstrumentRow {
  readonly id: string;
  readonly family_id: string;
  readonly sealed: string;
  readonly fingerprint: string;
  readonly kind: string;
  readonly last_digits: string;
  readonly cool_off_days: number;
  /** Who is paid, when it is not the family. */
  readonly payee_name?: string;
  readonly modulus: string;
  readonly name_check: string;
  readonly name_check_answer: string;
  readonly name_check_reason: string | null;
}

/** The columns of which ways are safe, of `families.family f`. */
export const WAYS = `f.safe_channels as "safeChannels", f.first_channel as "firstChannel",
  f.safe_checked_on as "safeCheckedOn", f.reads, f.interpreter`;
/** Where a family lives, of `families.family f`. */
export const PLACE = `jsonb_build_object('line1', f.address_line_1, 'line2', f.address_line_2, 'town', f.town,
  'postcode', f.postcode, 'ward', f.ward)`;

/** Takes the next numbers of the council's documents. */
export async function newIds(tx: Transaction, count: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select nextval('kernel.document_number') as id from generate_series(1, $1)`,
    [count],
  );
  return rows.map((row) => row.id);
}

export async function insertFamilies(tx: Transaction, rows: readonly FamilyRow[]): Promise<void> {
  await tx.query(
    `insert into families.family (id, authority_id, reference, language, contact, mobile, email, address_line_1,
       address_line_2, town, postcode, ward, team, safe_channels, first_channel, safe_checked_on, reads, interpreter, created_by)
     select f.id, $1, f.reference, f.language, f.contact, f.mobile, f.email, f.address_line_1, f.address_line_2, f.town,
       f.postcode, f.ward, f.team, coalesce(f.safe_channels, $4), f.first_channel, f.safe_checked_on, f.reads,
       coalesce(f.interpreter, false), $3
     from jsonb_to_recordset($2::jsonb) as f(id bigint, reference text, language text, contact text, mobile text, email text,
       address_line_1 text, address_line_2 text, town text, postcode text, ward text, team text, safe_channels text[],
       first_channel text, safe_checked_on date, reads text, interpreter boolean)`,
    [tx.actor.authorityId, JSON.stringify(rows), tx.actor.userId ?? null, UNASKED.safeChannels],
  );
}

export async function insertMembers(tx: Transaction, rows: readonly MemberRow[]): Promise<void> {
  await tx.query(
    `insert into families.member (id, authority_id, family_id, relationship, name, born, due, joined_on, left_on)
     select m.id, $1, m.family_id, m.relationship, m.name, m.born, m.due, m.joined_on, m.left_on
     from jsonb_to_recordset($2::jsonb) as m(id bigint, family_id bigint, relationship text, name text, born date, due date,
       joined_on date, left_on date)`,
    [tx.actor.authorityId, JSON.stringify(rows)],
  );
}

export async function insertInstruments(
  tx: Transaction,
  rows: readonly InstrumentRow[],
  proposedBy: string,
): Promise<void> {
  await tx.query(
    `insert into families.instrument (id, authority_id, family_id, kind, payee_name, sealed, fingerprint, last_digits, cool_off_days, modulus,
       name_check, name_check_answer, name_check_reason, proposed_by)
     select i.id, $1, i.family_id, i.kind, i.payee_name, decode(i.sealed, 'hex'), decode(i.fingerprint, 'hex'), i.last_digits, i.cool_off_days,
       i.modulus, i.name_check, i.name_check_answer, i.name_check_reason, $3
     from jsonb_to_recordset($2::jsonb) as i(id bigint, family_id bigint, kind text, sealed text, fingerprint text, last_digits text,
       cool_off_days smallint, modulus text, name_check text, name_check_answer text, name_check_reason text, payee_name text)`,
    [tx.actor.authorityId, JSON.stringify(rows), proposedBy],
  );
}

/** Finds which of these references are taken. */
export async function takenReferences(tx: Transaction, references: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ reference: string }>(
    `select reference from families.family where reference = any ($1::text[])`,
    [references],
  );
  return new Set(rows.map((row) => row.reference));
}

/** What somebody who changes a family finds there. */
export interface LockedFamily extends SafeWays {
  readonly version: number;
  readonly ownerId: string | null;
  readonly team: string | null;
  readonly place: Place;
}

/** Locks a family for a change. @param shown the version the person saw @throws no_such_family, family_changed_meanwhile */
export async function lockFamily(tx: Transaction, id: string, shown?: number): Promise<LockedFamily> {
  const row = await tx.maybe<LockedFamily>(
    `select version, owner_id as "ownerId", team, ${WAYS}, ${PLACE} as place from families.family f where id = $1 for update`,
    [id],
  );
  if (!row) throw noSuchFamily('No family of this council has that number.');
  if (shown !== undefined && row.version !== shown)
    throw familyChangedMeanwhile('Somebody changed this family after you opened the page.');
  return row;
}
