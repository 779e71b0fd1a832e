import type { LimitKind } from '../../identity/index.ts';
import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Given, WaitingRequest, Way } from '../domain/ways-to-sign.ts';

/** Finds what the families of some requests were given already, for each period that a limit of these ways counts. */
export async function givenTo(
  tx: Transaction,
  kind: LimitKind,
  requests: readonly WaitingRequest[],
  ways: readonly Way[],
): Promise<Given> {
  const families = [...new Set(requests.flatMap(({ familyId }) => familyId ?? []))];
  const periods = [...new Set(ways.flatMap(({ family }) => family?.months ?? []))];
  if (families.length === 0 || periods.length === 0) return () => Money.zero;
  const rows = await tx.query<{ family: string; months: number; given: string }>(
    `select f.id as family, m.months, approvals.given_to_family(f.id, $2, m.months::smallint, 0) as given
       from unnest($1::bigint[]) f(id) cross join unnest($3::int[]) m(months)`,
    [families, kind, periods],
  );
  const given = new Map(rows.map((row) => [`${row.family} ${row.months}`, Money.gbp(row.given)]));
  return (familyId, months) => given.get(`${familyId} ${months}`) ?? Money.zero;
}
