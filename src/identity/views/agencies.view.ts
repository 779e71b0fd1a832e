import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchAgency } from '../agency-problems.ts';

/** A partner agency. */
export interface AgencyRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly contact: string;
  readonly openedOn: PlainDate;
  readonly closedOn: PlainDate | null;
  readonly closedBecause: string | null;
  /** How many people sign in for it. */
  readonly people: number;
}

/** Somebody who signs in for an agency. */
export interface PartnerRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isActive: boolean;
}

const AGENCY = `a.id, a.version, a.name, a.contact, a.opened_on as "openedOn", a.closed_on as "closedOn", a.closed_because as "closedBecause",
  (select count(*)::int from identity.user_account u where u.agency_id = a.id and u.active) as people`;

/** Lists partner agencies by name, the open ones first. */
export function listAgencies(tx: Transaction): Promise<AgencyRow[]> {
  return tx.query(
    `select ${AGENCY} from identity.agency a order by a.closed_on is not null, lower(a.name), a.id limit 500`,
  );
}

/** Shows one agency and its people. @throws no_such_agency */
export async function agencyDetail(tx: Transaction, id: string): Promise<{ agency: AgencyRow; people: PartnerRow[] }> {
  const agency = await tx.maybe<AgencyRow>(`select ${AGENCY} from identity.agency a where a.id = $1`, [id]);
  if (!agency) throw noSuchAgency('No agency of this council has that number.');
  const people = await tx.query<PartnerRow>(
    `select id, name, email, active as "isActive" from identity.user_account where agency_id = $1 order by lower(name), id limit 500`,
    [id],
  );
  return { agency, people };
}

/** Names agencies by number, for lists. */
export async function agencyNames(tx: Transaction, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>(
    `select id, name from identity.agency where id = any ($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Gives the agency a partner is of. @throws no_such_agency for somebody of the council */
export async function agencyOf(tx: Transaction, userId: string): Promise<{ id: string; name: string }> {
  const row = await tx.maybe<{ id: string; name: string }>(
    `select a.id, a.name from identity.user_account u join identity.agency a on a.id = u.agency_id where u.id = $1`,
    [userId],
  );
  if (!row) throw noSuchAgency('This person is of no agency.');
  return row;
}
