import type { Transaction } from '../../platform/index.ts';
import { SAFE_FOR_DAYS } from '../domain/safe-ways.ts';

/** A family as a list shows it. */
export interface FamilySummary {
  readonly id: string;
  readonly reference: string;
  readonly language: string;
  readonly contact: string;
  readonly team: string | null;
  readonly ward: string | null;
  readonly ownerId: string | null;
  /** Who leads it, by name. */
  readonly lead: string | null;
}

/** What a list of families is narrowed to; nothing given, all are shown. */
export interface FamilyFilter {
  /** The beginning of a reference. */
  readonly reference?: string;
  readonly team?: string;
  readonly ward?: string;
  /** Who looks after them; null for families nobody looks after. */
  readonly ownerId?: string | null;
  /** Something nobody has written down yet: an account, a birth that was due, whether its ways are still safe. */
  readonly missing?: FamilyGap;
  /** Among these families only. */
  readonly among?: readonly string[];
}
/** What a family may lack. */
export type FamilyGap = 'bank-details' | 'birth' | 'safety';

/** In which order, and from where. The place is the reference or number of the family next to the page. */
export interface FamilyPlace {
  readonly sort: 'reference' | 'newest';
  readonly after?: string;
  readonly before?: string;
  readonly limit: number;
}

/** The columns of a summary, of `families.family f`. */
export const SUMMARY = `f.id, f.reference, f.language, f.contact, f.team, f.ward, f.owner_id as "ownerId",
  (select m.name from families.member m where m.family_id = f.id and m.relationship = 'lead' and m.left_on is null) as lead`;

/** Finds a page of families, going on after a place or back before it, always in the order asked for. */
export async function findFamilies(
  tx: Transaction,
  filter: FamilyFilter,
  place: FamilyPlace,
): Promise<FamilySummary[]> {
  const values: unknown[] = [];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [...filterConditions(filter, put), ...placeConditions(place, put)];
  const column = place.sort === 'reference' ? `f.reference collate "C"` : 'f.id';
  const isForward = (place.sort === 'reference') === (place.before === undefined);
  const rows = await tx.query<FamilySummary>(
    `select ${SUMMARY} from families.family f ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
      order by ${column} ${isForward ? 'asc' : 'desc'} limit ${put(place.limit)}`,
    values,
  );
  return place.before === undefined ? rows : rows.toReversed();
}

function filterConditions(filter: FamilyFilter, put: (value: unknown) => string): string[] {
  const { reference, team, ward, ownerId, missing, among } = filter;
  // After every letter a reference may have comes "~", so the two ends of a beginning are a range of the index.
  const beginning = reference
    ? [`f.reference collate "C" >= ${put(reference)}`, `f.reference collate "C" < ${put(`${reference}~`)}`]
    : [];
  return [
    ...beginning,
    ...(team ? [`f.team = ${put(team)}`] : []),
    ...(ward ? [`f.ward = ${put(ward)}`] : []),
    ...(ownerId ? [`f.owner_id = ${put(ownerId)}`] : []),
    ...(ownerId === null ? ['f.owner_id is null'] : []),
    ...(among ? [`f.id = any (${put(among)}::bigint[])`] : []),
    ...(missing === 'bank-details' ? [WITHOUT_BANK_DETAILS] : []),
    ...(missing === 'birth' ? [BIRTH_TO_RECORD] : []),
    ...(missing === 'safety' ? [SAFETY_TO_ASK] : []),
  ];
}

function placeConditions({ sort, after, before }: FamilyPlace, put: (value: unknown) => string): string[] {
  const column = sort === 'reference' ? `f.reference collate "C"` : 'f.id';
  const type = sort === 'reference' ? '' : '::bigint';
  const [beyond, behind] = sort === 'reference' ? ['>', '<'] : ['<', '>'];
  return [
    ...(after === undefined ? [] : [`${column} ${beyond} ${put(after)}${type}`]),
    ...(before === undefined ? [] : [`${column} ${behind} ${put(before)}${type}`]),
  ];
}

/** Of `families.family f`: nobody has given an account, not even one that waits for a second person. */
export const WITHOUT_BANK_DETAILS = `not exists (select from families.instrument i
  where i.family_id = f.id and i.kind <> 'third-party' and i.state in ('approved', 'proposed'))`;

/** Of `families.family f`: a baby was due and nobody has written down a birth or an end. */
export const BIRTH_TO_RECORD = `exists (select from families.member m
  where m.family_id = f.id and m.birth_recorded_on is null and m.left_on is null and m.due < kernel.today()
    and not exists (select from families.member b
      where b.family_id = f.id and b.born between m.due - 140 and m.due + 35))`;

/** Of `families.family f`: nobody has asked lately whether its ways are safe. */
export const SAFETY_TO_ASK = `(f.safe_checked_on is null or f.safe_checked_on < kernel.today() - ${SAFE_FOR_DAYS})`;

/** Finds families by how a person's name begins, or their last name. The words are kept nowhere; that somebody looked, is. */
export async function findByName(tx: Transaction, beginning: string, limit: number): Promise<FamilySummary[]> {
  const key = beginning.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  if (key === '') return [];
  const found = await tx.query<{ id: string }>(
    `(select family_id as id from families.member where name_key collate "C" >= $1 and name_key collate "C" < $2
       order by name_key collate "C" limit $3)
     union
     (select family_id from families.member where last_name_key collate "C" >= $1 and last_name_key collate "C" < $2
       order by last_name_key collate "C" limit $3)`,
    [key, `${key}\u{10ffff}`, limit],
  );
  const among = found.map((row) => row.id);
  const detail = { found: among.length };
  tx.audit({ action: 'families.names-searched', subjectKind: 'family', subjectId: '', detail });
  return findFamilies(tx, { among }, { sort: 'reference', limit });
}

/** Lists the teams and wards families are of, for a filter: each found by one step in its index. */
export async function teamsAndWards(tx: Transaction): Promise<{ teams: string[]; wards: string[] }> {
  const named = async (column: 'team' | 'ward'): Promise<string[]> => {
    const rows = await tx.query<{ name: string }>(
      `with recursive step(name) as (
         select min(${column}) from families.family
         union all
         select (select min(${column}) from families.family where ${column} > step.name) from step where step.name is not null)
       select name from step where name is not null limit 300`,
    );
    return rows.map((row) => row.name);
  };
  return { teams: await named('team'), wards: await named('ward') };
}
