import type { Transaction } from '../../platform/index.ts';
import { noSuchToken } from '../people-problems.ts';

/** Keeps a token by its hash. @returns its number */
export async function keepToken(
  tx: Transaction,
  userId: string,
  label: string,
  sha256: Buffer,
  days: number,
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into identity.api_token (authority_id, user_id, label, secret_sha256, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(days => $5)) returning id`,
    [tx.actor.authorityId, userId, label, sha256, days],
  );
  return id;
}

/** Ends every token of a person. @returns how many were in force */
export function endTokensOf(tx: Transaction, userId: string): Promise<number> {
  return tx.execute(`update identity.api_token set revoked_at = now() where user_id = $1 and revoked_at is null`, [
    userId,
  ]);
}

/** Ends one token of a person. @returns whether it was in force @throws no_such_token */
export async function endToken(tx: Transaction, userId: string, tokenId: string): Promise<boolean> {
  const theirs = await tx.maybe(`select 1 from identity.api_token where id = $1 and user_id = $2`, [tokenId, userId]);
  if (!theirs) throw noSuchToken('This person has no token of that number.');
  const ended = await tx.execute(
    `update identity.api_token set revoked_at = now() where id = $1 and user_id = $2 and revoked_at is null`,
    [tokenId, userId],
  );
  return ended === 1;
}
