import type { Transaction } from '../../platform/index.ts';
import { noSuchFund } from '../fund-problems.ts';

/** What a fund allows, besides what it pays; null is no rule. Amounts are text. */
export interface FundRules {
  readonly programme: string | null;
  /** The categories it may buy; null is anything. */
  readonly buys: readonly string[] | null;
  readonly awardCap: string | null;
  /** What one family may be awarded in a financial year. */
  readonly familyCap: string | null;
  /** What may be paid the same day; null is nothing. */
  readonly emergencyCap: string | null;
  readonly coolingOffDays: number;
  /** The teams whose workers may ask for it; null is everybody. */
  readonly spentBy: readonly string[] | null;
}

/** The rules of a fund as they are kept. */
export type FundRulesRow = FundRules & { readonly id: string; readonly version: number };

/** Reads the rules of a fund; locks them where they are to change. @throws no_such_fund */
export async function readFundRules(tx: Transaction, fundId: string, lock = false): Promise<FundRulesRow> {
  const row = await tx.maybe<FundRulesRow>(
    `select id, version, programme, buys, award_cap::numeric(14,2)::text as "awardCap",
            family_cap::numeric(14,2)::text as "familyCap", emergency_cap::numeric(14,2)::text as "emergencyCap",
            cooling_off_days as "coolingOffDays", spent_by as "spentBy"
       from funds.fund where id = $1 ${lock ? 'for update' : ''}`,
    [fundId],
  );
  if (!row) throw noSuchFund('No fund of this council has that number.');
  return row;
}

/** Writes the rules of a fund. */
export async function writeFundRules(tx: Transaction, fundId: string, rules: FundRules): Promise<void> {
  const { programme, buys, awardCap, familyCap, emergencyCap, coolingOffDays, spentBy } = rules;
  await tx.query(
    `update funds.fund set programme = $2, buys = $3, award_cap = $4, family_cap = $5, emergency_cap = $6,
       cooling_off_days = $7, spent_by = $8, version = version + 1 where id = $1`,
    [fundId, programme, buys, awardCap, familyCap, emergencyCap, coolingOffDays, spentBy],
  );
}
