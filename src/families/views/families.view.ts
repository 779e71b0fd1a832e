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
  }[];
  readonly bankDetails: readonly { id: string; state: string; account: string; usableFrom: PlainDate | null }[];
}

const SUMMARY = `id, reference, language, contact, team, ward`;

/** Lists families by number, a page at a time. @param after the last number of the page before */
export function listFamilies(tx: Transaction, after: string, limit: number): Promise<FamilySummary[]> {
  return tx.query(`select ${SUMMARY} from families.family where id > $1 order by id limit $2`, [after, limit]);
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
  const members = await tx.query<FamilyDetail['members'][number]>(
    `select id, relationship, name, born, due from families.member where family_id = $1 order by id`,
    [id],
  );
  const bankDetails = await tx.query<FamilyDetail['bankDetails'][number]>(
    `select id, state, '******' || last_digits as account, usable_from as "usableFrom"
       from families.instrument where family_id = $1 order by id desc`,
    [id],
  );
  tx.audit({ action: 'families.family-seen', subjectKind: 'family', subjectId: id });
  return { ...family, members, bankDetails };
}

/** Gives families' references by number, for lists of lines. */
export async function referencesOf(tx: Transaction, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; reference: string }>(
    `select id, reference from families.family where id = any ($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.reference]));
}
