import type { Transaction } from '../../platform/index.ts';
import type { RailName } from '../rails/rail-names.ts';
import { fileTemplate, type FileTemplate } from '../rails/template/file-template.ts';

/** Finds how the council's provider wants its file; nothing where the rail's own layout will do. */
export async function templateOf(tx: Transaction, rail: RailName): Promise<FileTemplate | undefined> {
  if (rail === 'bacs' || rail === 'pain001') return undefined;
  const row = await tx.maybe<{ template: unknown }>(
    `select template from payments.rail_profile where rail = $1 order by id desc limit 1`,
    [rail],
  );
  return row && fileTemplate.parse(row.template);
}

/** Keeps how a provider wants its file from now on; the one before stays on record. @returns its number */
export async function insertProfile(
  tx: Transaction,
  rail: RailName,
  provider: string,
  template: FileTemplate,
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into payments.rail_profile (authority_id, rail, provider, template) values ($1, $2, $3, $4::jsonb) returning id`,
    [tx.actor.authorityId, rail, provider, JSON.stringify(template)],
  );
  return id;
}
