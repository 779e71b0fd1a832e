import { addDays, Money, type PlainDate } from '../../kernel/index.ts';
import { lastLines } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { entitlement, rateTable, type RateTable } from '../domain/entitlement/entitlement.ts';
import type { Rate, RateComponent } from '../domain/entitlement/facts.ts';
import { paymentOf } from '../domain/entitlement/payment-of.ts';
import { type GuideHousehold, guideHouseholds } from '../domain/guide-households.ts';
import type { RateAmounts } from '../store/rate-proposal.store.ts';
import { rateTables } from '../store/rate.store.ts';

/** One version of one rate, with why and by whom. */
export interface RateRow {
  readonly rateTable: string;
  readonly component: RateComponent;
  readonly weekly: string;
  readonly effectiveFrom: PlainDate;
  readonly rationale: string;
  readonly proposedBy: string;
  readonly approvedBy: string;
  readonly standing: 'in force' | 'to come' | 'replaced';
}

/** What a week of a guide household comes to, before and after. Null where no rate is in force before. */
export interface HouseholdEffect {
  readonly household: string;
  readonly before: string | null;
  readonly after: string;
}

/** What new rates would do: to guide households, and to how many families. */
export interface RatesEffect {
  readonly households: readonly HouseholdEffect[];
  /** Families whose approved plan goes by this table, from that day on. */
  readonly families: number;
  /** Of those, families paid already for that day or later: the change becomes arrears, or an overpayment to decide. */
  readonly backDatedFor: number;
}

/** What is asked: amounts of a table from a day on. */
export interface RatesToBe {
  readonly rateTable: string;
  readonly effectiveFrom: PlainDate;
  readonly amounts: RateAmounts;
}

/** Lists every version of every rate: by table and component, the newest first. */
export function listRates(tx: Transaction): Promise<RateRow[]> {
  return tx.query(
    `select rate_table as "rateTable", component, weekly::numeric(14,2)::text as weekly, effective_from as "effectiveFrom",
            rationale, proposed_by as "proposedBy", approved_by as "approvedBy",
            case when effective_from > kernel.today() then 'to come'
                 when effective_from = max(effective_from) filter (where effective_from <= kernel.today()) over (partition by rate_table, component)
                 then 'in force' else 'replaced' end as standing
       from subsistence.rate
      order by rate_table, array_position(array['person', 'pregnant', 'under-1', 'age-1-to-3'], component), effective_from desc limit 1000`,
  );
}

/** Works out what new rates would do, before anybody approves them. */
export async function ratesEffect(tx: Transaction, rates: RatesToBe): Promise<RatesEffect> {
  const now = (await rateTables(tx)).get(rates.rateTable) ?? new Map<RateComponent, readonly Rate[]>();
  const then = withNew(now, rates);
  const plans = await plansBy(tx, rates);
  const paid = await lastLines(
    tx,
    plans.map((plan) => plan.id),
  );
  const paidFurther = new Set(paid.filter((line) => line.coversTo > rates.effectiveFrom).map((line) => line.sourceId));
  return {
    households: guideHouseholds(rates.effectiveFrom).map((household) => ({
      household: household.name,
      before: weekOf(household, rates.effectiveFrom, now),
      after: weekOf(household, rates.effectiveFrom, then) ?? '',
    })),
    families: new Set(plans.map((plan) => plan.familyId)).size,
    backDatedFor: new Set(plans.filter(({ id }) => paidFurther.has(id)).map((plan) => plan.familyId)).size,
  };
}

/** A plan with an amount of its own is not priced by the rates. */
function plansBy(tx: Transaction, rates: RatesToBe): Promise<{ id: string; familyId: string }[]> {
  return tx.query(
    `select id, family_id as "familyId" from subsistence.plan
      where rate_table = $1 and state = 'approved' and override_weekly is null and (support_to is null or support_to > $2)`,
    [rates.rateTable, rates.effectiveFrom],
  );
}

function withNew(now: RateTable, { rateTable: name, effectiveFrom, amounts }: RatesToBe): RateTable {
  const added = Object.entries(amounts).map(([component, weekly]) => ({
    ...{ version: `${name} ${effectiveFrom}`, component: component as RateComponent, effectiveFrom },
    weeklyPence: Money.gbp(weekly).toPence(),
  }));
  const kept = [...now.values()]
    .flat()
    .filter((rate) => !(rate.component in amounts && rate.effectiveFrom >= effectiveFrom));
  return rateTable([...kept, ...added]);
}

function weekOf({ members }: GuideHousehold, from: PlainDate, rates: RateTable): string | null {
  const isRated = [...rates.values()].every(([oldest]) => oldest !== undefined && oldest.effectiveFrom <= from);
  if (!isRated || rates.size < 4) return null;
  const facts = { supportFrom: from, standard: 'subsistence', members, topUps: [] } as const;
  return paymentOf(entitlement(facts, { from, to: addDays(from, 7) }, rates).sevenths).amount.toString();
}
