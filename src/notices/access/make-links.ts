import { randomBytes } from 'node:crypto';
import { addDays } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { codeDigest, newCode, randomBytesOf } from './family-code.ts';

const DAYS_OF_LINK = 120;
/** As long as a code, so that a message has as many parts as when it is sent. */
const MASKED = 'XXXXXXXXXXXX';

/** Gives each family a link of the right length that opens nothing, for whoever looks at a message before it is sent. */
export function linksAsIf(pageUrl: string, families: readonly { readonly familyId: string }[]): Map<string, string> {
  return new Map(families.map(({ familyId }) => [familyId, `${pageUrl}/f/${MASKED}`]));
}

/**
 * Makes a link for each family to its own page, for whoever writes to them. The address has a code in it and no data.
 * @param pageUrl the council's address for families
 * @returns the links by family
 */
export async function makeLinks(
  tx: Transaction,
  pageUrl: string,
  families: readonly { readonly familyId: string }[],
): Promise<Map<string, string>> {
  const codes = await makeCodes(tx, families);
  return new Map([...codes].map(([familyId, code]) => [familyId, `${pageUrl}/f/${code}`]));
}

/** Makes a code for each family that opens its own page. Only digests are kept. @returns the codes by family */
export async function makeCodes(
  tx: Transaction,
  families: readonly { readonly familyId: string }[],
): Promise<Map<string, string>> {
  // Whoever only reads asks for none, and may write nothing.
  if (families.length === 0) return new Map();
  const made = families.map(({ familyId }) => ({
    ...{ familyId, code: newCode(tx.actor.authorityId, randomBytes(randomBytesOf('page'))) },
  }));
  await tx.query(
    `insert into notices.family_link (code_sha256, authority_id, family_id, expires_on)
     select decode(l.digest, 'hex'), $1, l."familyId", $3
       from jsonb_to_recordset($2::jsonb) as l(digest text, "familyId" bigint)`,
    [
      tx.actor.authorityId,
      JSON.stringify(made.map(({ familyId, code }) => ({ familyId, digest: codeDigest(code).toString('hex') }))),
      addDays(tx.today, DAYS_OF_LINK),
    ],
  );
  return new Map(made.map(({ familyId, code }) => [familyId, code]));
}
