import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Place, Reach } from '../domain/contact-details.ts';
import type { NameCheckAnswer, NameCheckResult } from '../domain/name-check.ts';
import { type Channel, isWhole, type SafeWays, waysToReach } from '../domain/safe-ways.ts';
import { noSuchFamily } from '../family-problems.ts';
import type { InstrumentKind } from '../domain/bank-details.ts';
import { PLACE, WAYS } from '../store/families.store.ts';
import { type FamilySummary, SUMMARY } from './family-list.view.ts';

/** A person of a family, with the days they count. */
export interface FamilyMember {
  readonly id: string;
  readonly version: number;
  readonly relationship: string;
  readonly name: string;
  readonly born: PlainDate | null;
  readonly due: PlainDate | null;
  readonly birthRecordedOn: PlainDate | null;
  readonly joinedOn: PlainDate | null;
  readonly leftOn: PlainDate | null;
}

/** A family with its members and masked bank details. */
export interface FamilyDetail extends FamilySummary {
  /** Grows with each change of the family's own row; a form sends back the one it was shown. */
  readonly version: number;
  readonly members: readonly FamilyMember[];
  readonly reach: { mobile: string | null; email: string | null; address: readonly string[] };
  readonly place: Place;
  readonly ways: SafeWays;
  /** The ways that are safe and have an address, in the order to try them. */
  readonly openWays: readonly Channel[];
  readonly bankDetails: readonly FamilyBankDetails[];
}

/** A version of bank details, masked. */
export interface FamilyBankDetails {
  readonly id: string;
  readonly kind: InstrumentKind;
  readonly state: string;
  readonly account: string;
  readonly usableFrom: PlainDate | null;
  readonly proposedBy: string;
  readonly proposedOn: PlainDate;
  readonly checks: AccountChecks;
}

/** What the banks said of an account: whether its number can exist, and whether the name is its holder's. */
export interface AccountChecks {
  readonly modulus: 'valid' | 'not-checked';
  readonly nameCheck: NameCheckResult;
  readonly answer: NameCheckAnswer;
  readonly reason: string | null;
}

/** The columns of those checks, of `families.instrument i`. */
const CHECKS = `jsonb_build_object('modulus', i.modulus, 'nameCheck', i.name_check, 'answer', i.name_check_answer,
  'reason', i.name_check_reason) as checks`;
/** How details are shown, by their last digits; `i` is `families.instrument`. */
const shownAs = (i: string): string =>
  `case ${i}.kind when 'voucher' then 'Vouchers' when 'prepaid-card' then 'Card ******' || ${i}.last_digits else '******' || ${i}.last_digits end`;

/** Lists families by number, a page at a time. @param after the last number of the page before */
export function listFamilies(tx: Transaction, after: string, limit: number): Promise<FamilySummary[]> {
  return tx.query(`select ${SUMMARY} from families.family f where f.id > $1 order by f.id limit $2`, [after, limit]);
}

/** A change of bank details that waits for a second person. */
export interface WaitingBankDetails {
  readonly id: string;
  readonly kind: InstrumentKind;
  readonly familyId: string;
  readonly family: string;
  readonly account: string;
  /** Who is paid, when it is not the family. */
  readonly payee: string | null;
  readonly before: string | null;
  readonly proposedBy: string;
  readonly proposedOn: PlainDate;
  readonly coolOffDays: number;
  readonly checks: AccountChecks;
}

/** Lists changes of bank details that wait, the oldest first; the first details of a family wait with its plan. */
export function waitingBankDetails(tx: Transaction, limit: number, id?: string): Promise<WaitingBankDetails[]> {
  return tx.query(
    `select i.id, i.kind, i.family_id as "familyId", f.reference as family, ${shownAs('i')} as account, i.payee_name as payee,
            (select ${shownAs('o')} from families.instrument o
              where o.family_id = i.family_id and o.state = 'approved' and o.kind <> 'third-party' order by o.usable_from desc, o.id desc limit 1) as before,
            i.proposed_by as "proposedBy", i.proposed_on as "proposedOn", i.cool_off_days as "coolOffDays", ${CHECKS}
       from families.instrument i join families.family f on f.id = i.family_id and f.authority_id = i.authority_id
      where i.state = 'proposed' and ($2::bigint is null or i.id = $2) order by i.id limit $1`,
    [limit, id ?? null],
  );
}

/** Finds a family's number by its reference. @throws no_such_family */
export async function familyByReference(tx: Transaction, reference: string): Promise<string> {
  const row = await tx.maybe<{ id: string }>(`select id from families.family where reference = $1`, [reference]);
  if (!row) throw noSuchFamily(`No family has the reference "${reference}".`);
  return row.id;
}

/** Shows one family. @throws no_such_family */
export async function familyDetail(tx: Transaction, id: string): Promise<FamilyDetail> {
  const row = await tx.maybe<OwnRow>(
    `select ${SUMMARY}, f.version, f.mobile, f.email, ${PLACE} as place, ${WAYS} from families.family f where f.id = $1`,
    [id],
  );
  if (!row) throw noSuchFamily('No family of this council has that number.');
  const members = await tx.query<FamilyMember>(
    `select id, version, relationship, name, born, due, birth_recorded_on as "birthRecordedOn",
            joined_on as "joinedOn", left_on as "leftOn" from families.member where family_id = $1 order by id`,
    [id],
  );
  const bankDetails = await tx.query<FamilyBankDetails>(
    `select id, kind, state, ${shownAs('i')} as account, usable_from as "usableFrom", proposed_by as "proposedBy",
            proposed_on as "proposedOn", ${CHECKS} from families.instrument i where family_id = $1 and kind <> 'third-party' order by id desc`,
    [id],
  );
  tx.audit({ action: 'families.family-seen', subjectKind: 'family', subjectId: id });
  return { ...ownDetail(row), members, bankDetails };
}

type OwnRow = FamilySummary &
  SafeWays & { version: number; contact: Contact; mobile: string | null; email: string | null; place: Place };
type Contact = Reach['contact'];

function ownDetail(row: OwnRow): Omit<FamilyDetail, 'members' | 'bankDetails'> {
  const { mobile, email, safeChannels, firstChannel, safeCheckedOn, reads, interpreter, ...family } = row;
  const { line1, line2, town, postcode } = family.place;
  const address = [line1, line2, town, postcode].filter((line) => line !== null);
  const ways = { safeChannels, firstChannel, safeCheckedOn, reads, interpreter };
  const openWays = waysToReach({ ...row, hasAddress: isWhole(family.place) });
  return { ...family, reach: { mobile, email, address }, ways, openWays };
}

/** Gives families' references by number, for lists of lines. */
export async function referencesOf(tx: Transaction, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; reference: string }>(
    `select id, reference from families.family where id = any ($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.reference]));
}
