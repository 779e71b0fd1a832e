import type { Transaction } from '../../platform/index.ts';
import type { ItemAsked } from '../domain/grant-application.ts';

/** An item as the database has it; amounts are text. */
export interface ItemRow extends ItemAsked {
  readonly id: string;
  readonly applicationId: string;
  /** Null until it is decided. */
  readonly awarded: string | null;
}

/** Lists the items of some applications, in the order they were asked for. */
export function itemsOf(tx: Transaction, applicationIds: readonly string[]): Promise<ItemRow[]> {
  return tx.query(
    `select id, application_id as "applicationId", code, category, description, amount::numeric(14,2)::text as amount,
            awarded::numeric(14,2)::text as awarded, instrument_id as "instrumentId", first_due as "firstDue",
            instalments, every_days as "everyDays"
       from grants.item where application_id = any ($1::bigint[]) and not removed order by application_id, id`,
    [applicationIds],
  );
}

/** Puts other items in the place of a draft's; those that were there stay on record, removed. */
export async function replaceItems(tx: Transaction, applicationId: string, items: readonly ItemAsked[]): Promise<void> {
  await tx.query(`update grants.item set removed = true where application_id = $1 and not removed`, [applicationId]);
  await tx.query(
    `insert into grants.item (authority_id, application_id, code, category, description, amount, instrument_id, first_due, instalments, every_days)
     select $1, $2, i.code, i.category, i.description, i.amount, i."instrumentId", i."firstDue", i.instalments, i."everyDays"
       from rows from (jsonb_to_recordset($3::jsonb) as (code text, category text, description text, amount kernel.gbp,
              "instrumentId" bigint, "firstDue" date, instalments smallint, "everyDays" smallint)) with ordinality
              as i(code, category, description, amount, "instrumentId", "firstDue", instalments, "everyDays", ord) order by ord`,
    [tx.actor.authorityId, applicationId, JSON.stringify(items)],
  );
}

/** Writes down what is awarded of each item. */
export async function awardItems(
  tx: Transaction,
  awarded: readonly { readonly id: string; readonly awarded: string }[],
): Promise<void> {
  await tx.query(
    `update grants.item i set awarded = d.awarded
       from jsonb_to_recordset($1::jsonb) as d(id bigint, awarded kernel.gbp) where i.id = d.id`,
    [JSON.stringify(awarded)],
  );
}
