import type { Transaction } from '../../platform/index.ts';
import type { CatalogueDefault } from '../domain/catalogue-defaults.ts';

/** An item of the catalogue. */
export interface CatalogueRow {
  readonly id: string;
  readonly version: number;
  readonly code: string;
  readonly name: string;
  readonly category: string;
  readonly guideAmount: string | null;
  readonly active: boolean;
}

/** Lists the catalogue, by name. */
export function catalogueList(tx: Transaction): Promise<CatalogueRow[]> {
  return tx.query(
    `select id, version, code, name, category, guide_amount::numeric(14,2)::text as "guideAmount", active
       from grants.catalogue_item order by name, id`,
  );
}

/** Writes items a council starts with. */
export async function insertCatalogue(tx: Transaction, items: readonly CatalogueDefault[]): Promise<void> {
  await tx.query(
    `insert into grants.catalogue_item (authority_id, code, name, category, guide_amount)
     select $1, i.code, i.name, i.category, i.guide
       from jsonb_to_recordset($2::jsonb) as i(code text, name text, category text, guide kernel.gbp)`,
    [tx.actor.authorityId, JSON.stringify(items)],
  );
}

/** An item as somebody writes it; its code says which. */
export type CatalogueWritten = Omit<CatalogueRow, 'id' | 'version'>;

/** Writes an item, in place of the one of that code where there is one. @returns its number */
export async function putCatalogueItem(tx: Transaction, item: CatalogueWritten): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into grants.catalogue_item as c (authority_id, code, name, category, guide_amount, active) values ($1, $2, $3, $4, $5, $6)
     on conflict on constraint uq_catalogue_code do update set name = excluded.name, category = excluded.category,
       guide_amount = excluded.guide_amount, active = excluded.active, version = c.version + 1 returning id`,
    [tx.actor.authorityId, item.code, item.name, item.category, item.guideAmount, item.active],
  );
  return id;
}
