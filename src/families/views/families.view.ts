import { defineProblem, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

export const noSuchFamily = defineProblem('no_such_family', {
  status: 404,
  title: 'There is no such family here',
  whatToDo: 'Check the number or reference; families of other councils are never shown.',
});

/** A family as a list shows it. */
export interface FamilySummary {
  readonly id: string;
  readonly reference: string;
  readonly language: string;
  readonly contact: string;
  readonly team: string | null;
  readonly ward: string | null;
}

/** A family with its members and masked bank details. */
export interface FamilyDetail extends FamilySummary {
  readonly members: readonly {
    id: string;
    relationship: string;
    name: string;
    born: PlainDate | null;
    due: PlainDate | null;
    joinedOn: PlainDate | null;
    leftOn: PlainDate | null;
  }[];
  readonly reach: { mobile: string | null; email: string | null; address: readonly string[] };
  readonly bankDetails: readonly { id: string; state: string; account: string; usableFrom: PlainDate | null }[];
}

const SUMMARY = `id, reference, language, contact, team, ward`;

/** Lists families by number, a page at a time. @param after the last number of the page before */
export function listFamilies(tx: Transaction, after: string, limit: number): Promise<FamilySummary[]> {
  return tx.query(`select ${SUMMARY} from families.family where id > $1 order by id limit $2`, [after, limit]);
}

/** What a list of families is narrowed to; nothing given, all are shown. */
export interface FamilyFilter {
  /** The beginning of a reference. */
  readonly reference?: string;
  readonly team?: string;
  readonly ward?: string;
}

/** Finds families by reference, team and ward, in order of reference. @param after the last reference of the page before */
export function findFamilies(
  tx: Transaction,
  { reference, team, ward }: FamilyFilter,
  after: string,
  limit: number,
): Promise<FamilySummary[]> {
  return tx.query(
    `select ${SUMMARY} from families.family
      where reference > $1 and ($2::text is null or starts_with(reference, $2)) and ($2::text is null or reference >= $2)
        and ($3::text is null or team = $3) and ($4::text is null or ward = $4)
      order by reference limit $5`,
    [after, reference ?? null, team ?? null, ward ?? null, limit],
  );
}

/** Lists the teams and wards families are of, for a filter. */
export async function teamsAndWards(tx: Transaction): Promise<{ teams: string[]; wards: string[] }> {
  const rows = await tx.query<{ kind: string; name: string }>(
    `select distinct k.kind, k.name from families.family f cross join lateral (values ('team', f.team), ('ward', f.ward)) k(kind, name)
      where k.name is not null order by 1, 2 limit 500`,
  );
  const of = (kind: string): string[] => rows.filter((row) => row.kind === kind).map((row) => row.name);
  return { teams: of('team'), wards: of('ward') };
}

/** A change of bank details that waits for a second person. */
export interface WaitingBankDetails {
  readonly id: string;
  readonly familyId: string;
  readonly family: string;
  readonly account: string;
  readonly before: string | null;
  readonly proposedBy: string;
  readonly proposedOn: PlainDate;
  readonly coolOffDays: number;
}

/** Lists changes of bank details that wait, the oldest first; the first details of a family wait with its plan. */
export function waitingBankDetails(tx: Transaction, limit: number, id?: string): Promise<WaitingBankDetails[]> {
  return tx.query(
    `select i.id, i.family_id as "familyId", f.reference as family, '******' || i.last_digits as account,
            (select '******' || o.last_digits from families.instrument o
              where o.family_id = i.family_id and o.state = 'approved' order by o.usable_from desc, o.id desc limit 1) as before,
            i.proposed_by as "proposedBy", i.proposed_on as "proposedOn", i.cool_off_days as "coolOffDays"
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
  const family = await tx.maybe<FamilySummary>(`select ${SUMMARY} from families.family where id = $1`, [id]);
  if (!family) throw noSuchFamily('No family of this council has that number.');
  const reach = await tx.one<FamilyDetail['reach']>(
    `select mobile, email, array_remove(array[address_line_1, address_line_2, town, postcode], null) as address
       from families.family where id = $1`,
    [id],
  );
  const members = await tx.query<FamilyDetail['members'][number]>(
    `select id, relationship, name, born, due, joined_on as "joinedOn", left_on as "leftOn" from families.member where family_id = $1 order by id`,
    [id],
  );
  const bankDetails = await tx.query<FamilyDetail['bankDetails'][number]>(
    `select id, state, '******' || last_digits as account, usable_from as "usableFrom"
       from families.instrument where family_id = $1 order by id desc`,
    [id],
  );
  tx.audit({ action: 'families.family-seen', subjectKind: 'family', subjectId: id });
  return { ...family, members, reach, bankDetails };
}

/** Gives families' references by number, for lists of lines. */
export async function referencesOf(tx: Transaction, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; reference: string }>(
    `select id, reference from families.family where id = any ($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.reference]));
}
