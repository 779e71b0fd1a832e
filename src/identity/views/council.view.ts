import type { Transaction } from '../../platform/index.ts';
import type { NoticePolicy } from '../domain/notice-policy.ts';
import type { Authority } from './authorities.view.ts';
import { POLICY } from './notice-policy.view.ts';

/** How a council's early action is organised. */
export const serviceStructures = ['dedicated-social-workers', 'dedicated-caseworkers', 'dispersed'] as const;
/** One of the ways a council may be organised. */
export type ServiceStructure = (typeof serviceStructures)[number];

/** Everything an administrator may set about the council itself. */
export interface CouncilSettings extends Authority, NoticePolicy {
  readonly version: number;
  readonly serviceStructure: ServiceStructure;
  readonly displayName: string | null;
  readonly colour: string;
  /** Lines for the foot of every page. */
  readonly contact: string;
}

/** What a setting can be, as it is kept on record. */
type Setting = string | number | boolean | readonly string[] | null;

/** One change of the council's settings, with what it was before. */
export interface CouncilChange {
  readonly version: number;
  readonly before: Readonly<Record<string, Setting>>;
  readonly after: Readonly<Record<string, Setting>>;
  readonly changedBy: string | null;
  readonly reason: string;
  readonly at: Date;
}

/** How a council's pages look: its name, its colour, how to reach it; and the version a browser may keep. */
export interface Brand {
  readonly authorityId: string;
  readonly version: number;
  readonly colour: string;
  /** Lines for the foot of the page; null where the council has written none. */
  readonly contact: readonly string[] | null;
}

/** Reads the settings of the council of this transaction. */
export async function councilSettings(tx: Transaction): Promise<CouncilSettings> {
  const row = await tx.one<CouncilSettings>(
    `select authority_id as "authorityId", slug, name, division, lead_days as "leadDays", cool_off_days as "coolOffDays",
            version, ${POLICY}, service_structure as "serviceStructure",
            display_name as "displayName", colour, contact
       from identity.authority where authority_id = $1`,
    [tx.actor.authorityId],
  );
  return { ...row, authorityId: String(row.authorityId) };
}

/** Lists changes of the settings, the newest first. @param keys only changes of one of these columns */
export function councilChanges(tx: Transaction, keys: readonly string[]): Promise<CouncilChange[]> {
  return tx.query(
    `select version, before, after, changed_by as "changedBy", reason, at from identity.council_change
      where after ?| $1::text[] order by version desc limit 50`,
    [keys],
  );
}

/** Reads the colour of a council for its stylesheet, for anybody; nothing when there is no such council. */
export function brandColour(tx: Transaction): Promise<{ colour: string; version: number } | undefined> {
  return tx.maybe(`select colour, version from identity.authority where authority_id = $1`, [tx.actor.authorityId]);
}
