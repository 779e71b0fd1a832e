import type { Transaction } from '../../platform/index.ts';

/** How a person proves who they are, as it is kept. */
export interface Credential {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly totpSealed: Buffer | null;
  readonly isTotpConfirmed: boolean;
  readonly isLocked: boolean;
  /** True of a partner whose agency was closed. */
  readonly isAgencyClosed: boolean;
  readonly setUpSha256: Buffer | null;
}

const COLUMNS = `u.id as "userId", u.email, u.name, c.password_hash as "passwordHash", c.totp_sealed as "totpSealed",
  c.totp_confirmed_at is not null as "isTotpConfirmed", coalesce(c.locked_until > now(), false) as "isLocked",
  exists (select from identity.agency a where a.id = u.agency_id and a.closed_on is not null) as "isAgencyClosed",
  case when c.set_up_expires_at > now() then c.set_up_sha256 end as "setUpSha256"`;

/** Locks and reads the credential of somebody who may sign in. */
export function credentialByEmail(tx: Transaction, email: string): Promise<Credential | undefined> {
  return tx.maybe(
    `select ${COLUMNS} from identity.user_account u join identity.credential c on c.user_id = u.id
      where u.email = lower($1) and u.active for update of c`,
    [email],
  );
}

/** Locks and reads the credential of a person by number. */
export function credentialOf(tx: Transaction, userId: string): Promise<Credential | undefined> {
  return tx.maybe(
    `select ${COLUMNS} from identity.user_account u join identity.credential c on c.user_id = u.id
      where u.id = $1 and u.active for update of c`,
    [userId],
  );
}

/** Keeps a set-up code's hash for a person, for three days. */
export async function keepSetUpCode(tx: Transaction, userId: string, sha256: Buffer): Promise<void> {
  await tx.query(
    `insert into identity.credential (authority_id, user_id, set_up_sha256, set_up_expires_at)
     values ($1, $2, $3, now() + interval '3 days')
     on conflict (authority_id, user_id) do update
       set set_up_sha256 = excluded.set_up_sha256, set_up_expires_at = excluded.set_up_expires_at,
           failures = 0, locked_until = null`,
    [tx.actor.authorityId, userId, sha256],
  );
}

/** Sets a password by a set-up code: the code is used up, and the authenticator is to be set up anew. */
export async function setFirstPassword(tx: Transaction, userId: string, hash: string): Promise<void> {
  await tx.query(
    `update identity.credential set password_hash = $2, password_set_at = now(), set_up_sha256 = null,
            set_up_expires_at = null, totp_sealed = null, totp_confirmed_at = null, failures = 0, locked_until = null
      where user_id = $1`,
    [userId, hash],
  );
}

/** Counts a wrong password or code; the fifth in a row locks for a quarter of an hour. @returns how many in a row */
export async function countFailure(tx: Transaction, userId: string): Promise<number> {
  const { failures } = await tx.one<{ failures: number }>(
    `update identity.credential
        set failures = case when locked_until < now() then 1 else failures + 1 end,
            locked_until = case when failures + 1 >= 5 and not coalesce(locked_until < now(), false)
                                then now() + interval '15 minutes' end
      where user_id = $1 returning failures`,
    [userId],
  );
  return failures;
}

/** Forgets the wrong tries of a person, so that they may try again. */
export async function clearFailures(tx: Transaction, userId: string): Promise<void> {
  await tx.query(`update identity.credential set failures = 0, locked_until = null where user_id = $1`, [userId]);
}

/** Takes note of the half minute a right code belonged to. @returns false when that code was used before */
export async function useCode(tx: Transaction, userId: string, step: number): Promise<boolean> {
  const used = await tx.execute(
    `update identity.credential set totp_step = $2, totp_confirmed_at = coalesce(totp_confirmed_at, now()),
            failures = 0, locked_until = null
      where user_id = $1 and totp_step < $2`,
    [userId, step],
  );
  return used === 1;
}

/** Keeps the sealed key of an authenticator that is being set up. */
export async function keepAuthenticatorKey(tx: Transaction, userId: string, sealed: Buffer): Promise<void> {
  await tx.query(`update identity.credential set totp_sealed = $2 where user_id = $1 and totp_confirmed_at is null`, [
    userId,
    sealed,
  ]);
}
