import type { Transaction } from '../../platform/index.ts';
import { noSuchTeam } from '../people-problems.ts';
import { councilSettings } from './council.view.ts';

/** A team as an administrator lists it. */
export interface TeamRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly leadId: string | null;
  readonly lead: string | null;
  readonly isActive: boolean;
  readonly people: number;
}

const TEAM = `select t.id, t.version, t.name, t.lead_id as "leadId", l.name as lead, t.active as "isActive",
    (select count(*)::int from identity.user_account u where u.team_id = t.id and u.active) as people
  from identity.team t left join identity.user_account l on l.id = t.lead_id`;

/** Lists the teams, those that are active first. */
export function listTeams(tx: Transaction): Promise<TeamRow[]> {
  return tx.query(`${TEAM} order by not t.active, t.name limit 200`);
}

/** Shows one team. @throws no_such_team */
export async function teamDetail(tx: Transaction, id: string): Promise<TeamRow> {
  const row = await tx.maybe<TeamRow>(`${TEAM} where t.id = $1`, [id]);
  if (!row) throw noSuchTeam('No team of this council has that number.');
  return row;
}

/**
 * Says what the council calls whoever a family belongs to, for the family's page: "Social worker", "Caseworker", or
 * "Worker, overseen by" the lead of that person's team.
 */
export async function ownerTitle(tx: Transaction, ownerId: string | null): Promise<string> {
  const { serviceStructure } = await councilSettings(tx);
  if (serviceStructure === 'dedicated-social-workers') return 'Social worker';
  if (serviceStructure === 'dedicated-caseworkers') return 'Caseworker';
  const row = await tx.maybe<{ name: string }>(
    `select l.name from identity.user_account u join identity.team t on t.id = u.team_id
       join identity.user_account l on l.id = t.lead_id where u.id = $1`,
    [ownerId],
  );
  return row ? `Worker, overseen by ${row.name}` : 'Worker';
}

/** Gives the team somebody works in, by name; nothing for whoever has none. */
export async function teamOf(tx: Transaction, userId: string | null | undefined): Promise<string | null> {
  const row = await tx.maybe<{ name: string }>(
    `select t.name from identity.user_account u join identity.team t on t.id = u.team_id where u.id = $1`,
    [userId ?? null],
  );
  return row?.name ?? null;
}
