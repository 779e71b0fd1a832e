import type { DataSource } from 'typeorm';
import type { BankHolidays } from '../domain/bank-holidays.ts';

/** Says, for set-up, whether any bank holidays are on record yet. */
export async function hasHolidays(owner: DataSource): Promise<boolean> {
  const known: unknown[] = await owner.query('select 1 from calendar.bank_holiday limit 1');
  return known.length > 0;
}

/** What a refresh changed: days that are bank holidays now and were not, and the other way. */
export interface HolidaysRefreshed {
  readonly added: number;
  readonly removed: number;
  readonly total: number;
}

/**
 * Replaces the bank holidays with a file an operator took from GOV.UK, all or nothing, with the owner's connection.
 *
 * What was promised before a day became a holiday is gone over by each council's clock: it may only come earlier.
 */
export async function refreshHolidays(
  owner: DataSource,
  holidays: BankHolidays,
  dryRun = false,
): Promise<HolidaysRefreshed> {
  const rows = Object.entries(holidays).flatMap(([division, days]) =>
    days.map((holiday) => ({ division, day: holiday.date, title: holiday.title })),
  );
  const given = `jsonb_to_recordset($1::jsonb) as f(division text, day date, title text)`;
  return owner
    .transaction(async (manager) => {
      const before: { n: number }[] = await manager.query(`select count(*)::int as n from calendar.bank_holiday`);
      const removed: [unknown, number] = await manager.query(
        `delete from calendar.bank_holiday h where not exists (select from ${given} where f.division = h.division and f.day = h.day)`,
        [JSON.stringify(rows)],
      );
      await manager.query(
        `insert into calendar.bank_holiday (division, day, title) select division, day, title from ${given}
       on conflict on constraint pk_bank_holiday do update set title = excluded.title`,
        [JSON.stringify(rows)],
      );
      const gone = removed[1];
      const result = { added: rows.length - ((before[0]?.n ?? 0) - gone), removed: gone, total: rows.length };
      if (dryRun) throw new DryRunOfRefresh(result);
      return result;
    })
    .catch((error: unknown) => {
      if (error instanceof DryRunOfRefresh) return error.result;
      throw error;
    });
}

class DryRunOfRefresh extends Error {
  constructor(readonly result: HolidaysRefreshed) {
    super('dry run');
  }
}
