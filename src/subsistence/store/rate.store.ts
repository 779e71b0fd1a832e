import { Money, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { rateTable, type RateTable } from '../domain/entitlement/entitlement.ts';
import type { Rate, RateComponent } from '../domain/entitlement/facts.ts';

/** A rate from a day on, with why and by whom. */
export interface NewRate {
  readonly rateTable: string;
  readonly component: RateComponent;
  readonly weekly: Money;
  readonly effectiveFrom: PlainDate;
  readonly rationale: string;
  readonly proposedBy: string;
  readonly approvedBy: string;
  /** The proposal it comes from; none where the operator adds it. */
  readonly proposalId?: string;
}

/** Writes rate versions in one statement. */
export async function insertRates(tx: Transaction, rates: readonly NewRate[]): Promise<void> {
  await tx.query(
    `insert into subsistence.rate
       (authority_id, rate_table, component, weekly, effective_from, rationale, proposed_by, approved_by, proposal_id)
     select $1, r."rateTable", r.component, r.weekly, r."effectiveFrom", r.rationale, r."proposedBy", r."approvedBy", r."proposalId"
       from jsonb_to_recordset($2::jsonb) as r("rateTable" text, component text, weekly kernel.gbp, "effectiveFrom" date,
         rationale text, "proposedBy" bigint, "approvedBy" bigint, "proposalId" bigint)`,
    [tx.actor.authorityId, JSON.stringify(rates)],
  );
}

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
