import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** A calendar address of a family that is in force. */
export interface FamilyFeedRow {
  readonly familyId: string;
  readonly language: string;
  readonly madeAt: Date;
  readonly readAt: Date | null;
}

/** One coming day in a family's calendar. */
export interface CalendarEvent {
  readonly uid: string;
  readonly onDay: PlainDate;
  /** How often its day changed since it was first told. */
  readonly sequence: number;
  readonly changedAt: Date;
}

const FEED = `family_id as "familyId", language, made_at as "madeAt", read_at as "readAt"`;

/** Finds a family's calendar address, if it has one. Only its digest is kept: the address itself is shown once. */
export function feedOfFamily(tx: Transaction, familyId: string): Promise<FamilyFeedRow | undefined> {
  return tx.maybe(`select ${FEED} from notices.family_feed where family_id = $1 and revoked_at is null`, [familyId]);
}

/** Finds whose calendar a code opens, and notes that it was asked for. @param digest of the code */
export function readFeed(tx: Transaction, digest: Buffer): Promise<FamilyFeedRow | undefined> {
  return tx.maybe(
    `update notices.family_feed set read_at = now() where code_sha256 = $1 and revoked_at is null returning ${FEED}`,
    [digest],
  );
}

/** Makes a family's calendar address. */
export async function insertFeed(
  tx: Transaction,
  feed: { readonly digest: Buffer; readonly familyId: string; readonly language: string },
): Promise<void> {
  await tx.query(
    `insert into notices.family_feed (code_sha256, authority_id, family_id, language) values ($1, $2, $3, $4)`,
    [feed.digest, tx.actor.authorityId, feed.familyId, feed.language],
  );
}

/** Takes a family's calendar address back. @returns whether there was one */
export async function revokeFeed(tx: Transaction, familyId: string): Promise<boolean> {
  const touched = await tx.execute(
    `update notices.family_feed set revoked_at = now() where family_id = $1 and revoked_at is null`,
    [familyId],
  );
  return touched > 0;
}

/**
 * Keeps the days of a family's coming payments as its calendar is told them: a day that moved counts one up.
 * @param days by slot, which stays the same when the day moves
 */
export function keepCalendarEvents(
  tx: Transaction,
  familyId: string,
  days: readonly { readonly slot: string; readonly onDay: PlainDate }[],
): Promise<CalendarEvent[]> {
  return tx.query(
    `insert into notices.calendar_event as known (authority_id, family_id, slot, on_day)
     select $1, $2, d.slot, d."onDay" from jsonb_to_recordset($3::jsonb) as d(slot text, "onDay" date) order by d.slot
     on conflict on constraint pk_calendar_event do update set
       on_day = excluded.on_day,
       sequence = known.sequence + (known.on_day <> excluded.on_day)::int,
       changed_at = case when known.on_day <> excluded.on_day then now() else known.changed_at end
     returning uid, on_day as "onDay", sequence, changed_at as "changedAt"`,
    [tx.actor.authorityId, familyId, JSON.stringify(days)],
  );
}
