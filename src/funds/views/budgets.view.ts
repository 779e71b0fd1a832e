import { Money, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** One entry of a fund's budget: money added, or moved in or out; with who stands for it and why. */
export interface BudgetEntry {
  readonly kind: 'budget-set' | 'move-in' | 'move-out';
  /** The document its transfer is about. */
  readonly document: string;
  readonly fundId: string;
  /** The other fund of a move. */
  readonly otherFundId: string | null;
  readonly financialYear: string;
  /** Below nought when it left the fund. */
  readonly amount: string;
  readonly reason: string;
  readonly on: PlainDate;
  /** Null when the operator set it up. */
  readonly proposedBy: string | null;
  readonly approvedBy: string | null;
  readonly proposalId: string | null;
}

const ENTRIES = `
  select 'budget-set' as kind, b.id as document, b.fund_id, null::bigint as other_fund_id, b.financial_year, b.amount::numeric as amount,
         b.reason, coalesce(b.added_on, (b.added_at at time zone 'Europe/London')::date) as "on", b.added_by as proposed_by,
         p.decided_by as approved_by, b.proposal_id
    from funds.budget b left join funds.proposal p on p.id = b.proposal_id
  union all
  select case when side.is_in then 'move-in' else 'move-out' end, p.id, case when side.is_in then p.fund_id else p.from_fund_id end,
         case when side.is_in then p.from_fund_id else p.fund_id end, p.financial_year, case when side.is_in then p.amount else -p.amount end,
         p.reason, p.decided_on, p.proposed_by, p.decided_by, p.id
    from funds.proposal p cross join (values (true), (false)) side(is_in) where p.kind = 'move' and p.state = 'approved'`;

/** Lists what a fund's budget is made of, the newest year and entry first. Its sum is the fund's budget. */
export function budgetEntries(tx: Transaction, fundId: string): Promise<BudgetEntry[]> {
  return tx.query(
    `select kind, document, fund_id as "fundId", other_fund_id as "otherFundId", financial_year as "financialYear",
            amount::numeric(14,2)::text as amount, reason, "on", proposed_by as "proposedBy", approved_by as "approvedBy",
            proposal_id as "proposalId"
       from (${ENTRIES}) e where fund_id = $1 order by financial_year desc, document desc`,
    [fundId],
  );
}

/** What a fund has for one financial year. */
export interface YearOfFund {
  readonly fundId: string;
  readonly financialYear: string;
  readonly budget: Money;
}

/** Says what each fund has for each financial year, the newest year first. */
export async function budgetsByYear(tx: Transaction): Promise<YearOfFund[]> {
  const rows = await tx.query<{ fundId: string; financialYear: string; amount: string }>(
    `select e.fund_id as "fundId", e.financial_year as "financialYear", sum(e.amount)::numeric(14,2)::text as amount
       from (${ENTRIES}) e join funds.fund f on f.id = e.fund_id group by 1, 2, f.code order by 2 desc, f.code`,
  );
  return rows.map(({ amount, ...row }) => ({ ...row, budget: Money.gbp(amount) }));
}

/** Says what a fund has for one financial year. */
export async function budgetOfYear(tx: Transaction, fundId: string, financialYear: string): Promise<Money> {
  const { amount } = await tx.one<{ amount: string }>(
    `select funds.budget_of_year($1, $2)::numeric(14,2)::text as amount`,
    [fundId, financialYear],
  );
  return Money.gbp(amount);
}

/** What a budget's number stands for, for whoever names the documents of transfers. */
export function budgetsNamed(
  tx: Transaction,
  ids: readonly string[],
): Promise<{ id: string; fundId: string; financialYear: string; proposalId: string | null }[]> {
  return tx.query(
    `select id, fund_id as "fundId", financial_year as "financialYear", proposal_id as "proposalId"
       from funds.budget where id = any ($1::bigint[])`,
    [ids],
  );
}
