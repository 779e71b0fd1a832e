import { randomBytes } from 'node:crypto';
import { addDays } from '../../kernel/index.ts';
import type { FieldSeal, Transaction } from '../../platform/index.ts';
import { codeDigest, newCode, randomBytesOf } from './family-code.ts';

const DAYS_OF_LINK = 120;
/** Stands where a code will stand in the words we keep: as long as a code, so that a message has as many parts. */
const PLACE = 'XXXXXXXXXXXX';

/** Gives each family a link of the right length that opens nothing: what we keep of a message holds no way in. */
export function linksToCome(pageUrl: string, families: readonly { readonly familyId: string }[]): Map<string, string> {
  return new Map(families.map(({ familyId }) => [familyId, `${pageUrl}/f/${PLACE}`]));
}

/** A message that is handed over. */
interface Message {
  readonly reference: string;
  readonly familyId: string;
  readonly body: string;
}

/**
 * Puts the code into the words of a message that leaves now.
 *
 * The code follows from our key and the message's reference: the same each time it is sent, and kept nowhere.
 */
export function withCode(seal: FieldSeal, authorityId: string, { body, reference }: Message): string {
  if (!holdsPlace({ body })) return body;
  return body.replaceAll(`/f/${PLACE}`, `/f/${codeOf(seal, authorityId, reference)}`);
}

/** Lets the codes of messages that leave now open their families' pages. Once closed, a code stays closed. */
export async function openTheWay(tx: Transaction, seal: FieldSeal, messages: readonly Message[]): Promise<void> {
  const { authorityId } = tx.actor;
  const codes = messages.filter(holdsPlace).map(({ familyId, reference }) => ({
    ...{ familyId, code: codeOf(seal, authorityId, reference) },
  }));
  await keepDigests(tx, codes);
}

function holdsPlace({ body }: Pick<Message, 'body'>): boolean {
  return body.includes(`/f/${PLACE}`);
}

function codeOf(seal: FieldSeal, authorityId: string, reference: string): string {
  return newCode(authorityId, seal.fingerprint(`family code of ${reference}`).subarray(0, randomBytesOf('page')));
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
  await keepDigests(tx, made);
  return new Map(made.map(({ familyId, code }) => [familyId, code]));
}

async function keepDigests(tx: Transaction, codes: readonly { familyId: string; code: string }[]): Promise<void> {
  if (codes.length === 0) return;
  await tx.query(
    `insert into notices.family_link (code_sha256, authority_id, family_id, expires_on)
     select decode(l.digest, 'hex'), $1, l."familyId", $3
       from jsonb_to_recordset($2::jsonb) as l(digest text, "familyId" bigint)
         on conflict on constraint pk_family_link do nothing`,
    [
      tx.actor.authorityId,
      JSON.stringify(codes.map(({ familyId, code }) => ({ familyId, digest: codeDigest(code).toString('hex') }))),
      addDays(tx.today, DAYS_OF_LINK),
    ],
  );
}
