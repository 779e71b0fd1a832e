import { namesOf } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Somebody who signs in another's place for some days, both included. */
export interface StandInShown {
  readonly id: string;
  readonly personId: string;
  readonly person: string;
  readonly standInId: string;
  readonly standIn: string;
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
  readonly reason: string;
  readonly endedOn: PlainDate | null;
  readonly standing: 'in force' | 'to come' | 'over' | 'ended';
}

/** Lists who stands in for whom, the newest first. @param whose either of the two; everybody when null */
export async function listStandIns(tx: Transaction, whose: string | null = null): Promise<StandInShown[]> {
  const rows = await tx.query<Omit<StandInShown, 'person' | 'standIn'>>(
    `select id, person_id as "personId", stand_in_id as "standInId", first_day as "firstDay", last_day as "lastDay", reason,
            ended_on as "endedOn",
            case when ended_on is not null then 'ended' when first_day > kernel.today() then 'to come'
                 when last_day < kernel.today() then 'over' else 'in force' end as standing
       from approvals.stand_in where $1::bigint is null or person_id = $1 or stand_in_id = $1 order by first_day desc, id desc limit 200`,
    [whose],
  );
  const names = await namesOf(
    tx,
    rows.flatMap((row) => [row.personId, row.standInId]),
  );
  return rows.map((row) => ({
    ...row,
    ...{ person: names.get(row.personId) ?? '', standIn: names.get(row.standInId) ?? '' },
  }));
}
