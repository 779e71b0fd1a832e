import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from '../../platform/index.ts';

/** A family on its own page. */
export interface FamilySessionRow {
  readonly id: string;
  readonly familyId: string;
  /** Chosen on the page; null until then. */
  readonly language: string | null;
  /** True once they said that it is safe to go on. */
  readonly isSafe: boolean;
}

const IN_FORCE = `s.ended_at is null and s.expires_at > now() and s.seen_at > now() - interval '15 minutes'`;
const SECRET = /^fms_(\d{1,4})_[\w-]{32}$/;

/** Reads whose council a secret is of, from the secret itself. */
export function councilOfSecret(secret: string): string | undefined {
  return SECRET.exec(secret)?.[1];
}

/** Finds whose page a code opens, while its link is in force. @param digest of the code */
export async function familyOfCode(tx: Transaction, digest: Buffer): Promise<string | undefined> {
  const link = await tx.maybe<{ familyId: string }>(
    `select family_id as "familyId" from notices.family_link
      where code_sha256 = $1 and revoked_at is null and expires_on >= kernel.today()`,
    [digest],
  );
  return link?.familyId;
}

/** Starts a session with the digest of a code. @returns its secret, for a cookie */
export async function startFamilySession(tx: Transaction, familyId: string, digest: Buffer): Promise<string> {
  const secret = `fms_${tx.actor.authorityId}_${randomBytes(24).toString('base64url')}`;
  await tx.query(
    `insert into notices.family_session (authority_id, family_id, code_sha256, secret_sha256) values ($1, $2, $3, $4)`,
    [tx.actor.authorityId, familyId, digest, secretDigest(secret)],
  );
  return secret;
}

/** Finds the session of a secret while it is in force and its link is, too, and notes that it is in use. */
export async function touchFamilySession(tx: Transaction, secret: string): Promise<FamilySessionRow | undefined> {
  return tx.maybe(
    `update notices.family_session s set seen_at = now()
      where s.secret_sha256 = $1 and ${IN_FORCE}
        and exists (select from notices.family_link l where l.authority_id = s.authority_id
                       and l.code_sha256 = s.code_sha256 and l.revoked_at is null)
     returning s.id, s.family_id as "familyId", s.language, s.safe_at is not null as "isSafe"`,
    [secretDigest(secret)],
  );
}

/** Keeps the language a family chose for this visit. */
export async function keepSessionLanguage(tx: Transaction, sessionId: string, language: string): Promise<void> {
  await tx.query(`update notices.family_session set language = $2 where id = $1`, [sessionId, language]);
}

/** Keeps that a family said it is safe to go on. */
export async function keepSessionSafe(tx: Transaction, sessionId: string): Promise<void> {
  await tx.query(`update notices.family_session set safe_at = now() where id = $1 and safe_at is null`, [sessionId]);
}

/** Ends the session of a secret. @returns whose page it was, when it was open */
export async function endFamilySession(tx: Transaction, secret: string): Promise<string | undefined> {
  const ended = await tx.maybe<{ familyId: string }>(
    `update notices.family_session set ended_at = now(), ended_because = 'left by the family'
      where secret_sha256 = $1 and ended_at is null returning family_id as "familyId"`,
    [secretDigest(secret)],
  );
  return ended?.familyId;
}

/** Writes down that a code opened nothing. @param client who tried, as a digest @throws too_many_codes */
export async function insertCodeTry(tx: Transaction, client: Buffer): Promise<void> {
  await tx.query(`insert into notices.code_try (authority_id, client_sha256) values ($1, $2)`, [
    tx.actor.authorityId,
    client,
  ]);
}

/** Says whether somebody has tried so many wrong codes that not even a right one is looked at. */
export async function hasTriedEnough(tx: Transaction, client: Buffer): Promise<boolean> {
  const { tries } = await tx.one<{ tries: number }>(
    `select count(*)::int as tries from notices.code_try
      where client_sha256 = $1 and tried_at > now() - interval '15 minutes'`,
    [client],
  );
  return tries >= 10;
}

function secretDigest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
