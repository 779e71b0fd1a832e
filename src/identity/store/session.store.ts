import { randomBytes } from 'node:crypto';
import type { Role } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Brand } from '../views/council.view.ts';
import { tokenHash } from '../actions/create-token.action.ts';

/** A session as a page needs it. */
export interface OpenSession {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly council: string;
  /** How the council's pages look. */
  readonly brand: Brand;
  readonly roles: readonly Role[];
  readonly isProven: boolean;
  /** False once it ran out, was left idle or was ended. */
  readonly isInForce: boolean;
}

/** One session in a person's list of where they are signed in. */
export interface SessionRow {
  readonly id: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
}

const IN_FORCE = `s.ended_at is null and s.expires_at > now() and s.seen_at > now() - interval '60 minutes'`;

/** Starts a session. Without the second proof it lasts ten minutes; with it, a working day. @returns its secret, for a cookie */
export async function startSession(tx: Transaction, userId: string, isProven: boolean): Promise<string> {
  const secret = `mss_${tx.actor.authorityId}_${randomBytes(24).toString('base64url')}`;
  await tx.query(
    `insert into identity.session (authority_id, user_id, secret_sha256, proven_at, expires_at)
     values ($1, $2, $3, case when $4 then now() end, now() + case when $4 then interval '10 hours' else interval '10 minutes' end)`,
    [tx.actor.authorityId, userId, tokenHash(secret), isProven],
  );
  return secret;
}

/** Finds the session of a cookie, in force or not, of an active person. */
export function sessionOf(tx: Transaction, secret: string): Promise<OpenSession | undefined> {
  return tx.maybe(
    `select s.id, s.user_id as "userId", u.email, u.name, coalesce(a.display_name, a.name) as council, s.proven_at is not null as "isProven", ${IN_FORCE} as "isInForce",
            jsonb_build_object('authorityId', a.authority_id::text, 'version', a.version, 'colour', a.colour,
              'contact', to_jsonb(string_to_array(nullif(btrim(a.contact), ''), chr(10)))) as brand,
            coalesce((select array_agg(r.role order by r.role) from identity.user_role r
                       where r.user_id = u.id and r.removed_at is null), '{}') as roles
       from identity.session s join identity.user_account u on u.id = s.user_id and u.active
       join identity.authority a on a.authority_id = s.authority_id
      where s.secret_sha256 = $1`,
    [tokenHash(secret)],
  );
}

/** Notes that a session is in use, at most once a minute. */
export async function noteSeen(tx: Transaction, sessionId: string): Promise<void> {
  await tx.query(
    `update identity.session set seen_at = now()
      where id = $1 and ended_at is null and seen_at < now() - interval '1 minute'`,
    [sessionId],
  );
}

/** Ends one session. @returns whether it was open */
export async function endSession(tx: Transaction, sessionId: string, because: string): Promise<boolean> {
  const ended = await tx.execute(
    `update identity.session set ended_at = now(), ended_because = $2 where id = $1 and ended_at is null`,
    [sessionId, because],
  );
  return ended === 1;
}

/** Ends every session of a person. @returns how many were open */
export function endSessionsOf(tx: Transaction, userId: string, because: string): Promise<number> {
  return tx.execute(
    `update identity.session set ended_at = now(), ended_because = $2 where user_id = $1 and ended_at is null`,
    [userId, because],
  );
}

/** Lists where a person is signed in. */
export function sessionsOf(tx: Transaction, userId: string): Promise<SessionRow[]> {
  return tx.query(
    `select s.id, s.started_at as "startedAt", s.seen_at as "seenAt" from identity.session s
      where s.user_id = $1 and ${IN_FORCE} and s.proven_at is not null order by s.seen_at desc`,
    [userId],
  );
}
