import { personActing } from '../../../kernel/index.ts';
import type { Transaction } from '../../../platform/index.ts';
import type { CsvProfile } from '../parse/csv-layout.ts';

/** How one bank lays out its CSV statements, as it is set now. */
export interface StatementLayout {
  readonly id: string;
  readonly name: string;
  readonly layout: Omit<CsvProfile, 'name'>;
  readonly isUsed: boolean;
  readonly setBy: string;
  readonly setAt: Date;
}

/** Lists the council's own layouts, the last word for each, by name. */
export function statementLayouts(tx: Transaction): Promise<StatementLayout[]> {
  return tx.query(
    `select distinct on (name) id, name, layout, is_used as "isUsed", set_by as "setBy", set_at as "setAt"
       from payments.statement_layout order by name, id desc`,
  );
}

/** Gives the layouts files are read by, beside those that come with the release. */
export async function layoutsInUse(tx: Transaction): Promise<CsvProfile[]> {
  return (await statementLayouts(tx))
    .filter(({ isUsed }) => isUsed)
    .map(({ name, layout }): CsvProfile => ({ ...layout, name }));
}

/** Keeps how a bank lays out its statements from now on; what was said before stays on record. @returns its number */
export async function insertLayout(tx: Transaction, { name, ...layout }: CsvProfile, isUsed: boolean): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into payments.statement_layout (authority_id, name, layout, is_used, set_by) values ($1, $2, $3::jsonb, $4, $5)
     returning id`,
    [tx.actor.authorityId, name, JSON.stringify(layout), isUsed, personActing(tx.actor)],
  );
  return id;
}
