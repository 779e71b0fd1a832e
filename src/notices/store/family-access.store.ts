import type { Transaction } from '../../platform/index.ts';

/** What opens a family's own page now, and when it last looked. */
export interface FamilyAccess {
  readonly links: number;
  readonly lastLooked: Date | null;
  /** When it made the calendar link it has; null without one. */
  readonly calendarSince: Date | null;
}

/** Reads what opens a family's own page. */
export function familyAccess(tx: Transaction, familyId: string): Promise<FamilyAccess> {
  return tx.one(
    `select (select count(*)::int from notices.family_link
              where family_id = $1 and revoked_at is null and expires_on >= kernel.today()) as links,
            (select max(seen_at) from notices.family_session where family_id = $1) as "lastLooked",
            (select made_at from notices.family_feed where family_id = $1 and revoked_at is null) as "calendarSince"`,
    [familyId],
  );
}

/** Takes every link of a family back; sessions they began are over with them. @returns how many were in force */
export function revokeLinks(tx: Transaction, familyId: string): Promise<number> {
  return tx.execute(
    `update notices.family_link set revoked_at = now()
      where family_id = $1 and revoked_at is null and expires_on >= kernel.today()`,
    [familyId],
  );
}
