import { Money, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { rateTable, type RateTable } from '../domain/entitlement/entitlement.ts';
import type { Rate, RateComponent } from '../domain/entitlement/facts.ts';

/** Reads every rate table of the council, by name. Old versions stay: a day is priced with the rate of that day. */
export async function rateTables(tx: Transaction): Promise<Map<string, RateTable>> {
  const rows = await tx.query<{
    rate_table: string;
    component: RateComponent;
    weekly: string;
    effective_from: PlainDate;
  }>(
    `select rate_table, component, weekly, effective_from from subsistence.rate order by rate_table, component, effective_from`,
  );
  const byTable = new Map<string, Rate[]>();
  for (const row of rows) {
    const rate: Rate = {
      ...{ version: `${row.rate_table} ${row.effective_from}`, component: row.component },
      ...{ weeklyPence: Money.gbp(row.weekly).toPence(), effectiveFrom: row.effective_from },
    };
    byTable.set(row.rate_table, [...(byTable.get(row.rate_table) ?? []), rate]);
  }
  return new Map([...byTable].map(([name, rates]) => [name, rateTable(rates)]));
}
