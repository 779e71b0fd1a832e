import { amongFamilies, findFamilies } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type FamilyMessage, MESSAGE } from '../store/family-message.store.ts';

/** A message that waits for a person, with the reference of its family. */
export interface OpenMessage extends FamilyMessage {
  readonly family: string;
}

const OPEN = `select ${MESSAGE}, family_id from notices.family_message where state = 'open'`;
const MOST_FAMILIES = 1000;

/** Lists messages of families that wait for a person, the longest waiting first. @param after the last number of the page before */
export function openMessages(
  tx: Transaction,
  { after, limit, familyIds }: { after?: string; limit: number; familyIds?: readonly string[] },
): Promise<OpenMessage[]> {
  const of = familyIds ? ' and family_id = any ($1::bigint[])' : '';
  const place = after === undefined ? {} : { after: { id: after, amount: '0', family: '' } };
  return amongFamilies(
    tx,
    { sql: `${OPEN}${of}`, parameters: familyIds ? [familyIds] : [] },
    { order: 'id', limit, ...place },
  );
}

/** Counts messages that wait, of the families somebody looks after, or of all. */
export async function openMessagesCounted(tx: Transaction, familyIds?: readonly string[]): Promise<number> {
  const { open } = await tx.one<{ open: number }>(
    `select count(*)::int as open from notices.family_message
      where state = 'open' and ($1::bigint[] is null or family_id = any ($1))`,
    [familyIds ?? null],
  );
  return open;
}

/** Finds the families somebody looks after, to ask about their messages. */
export async function familiesOfOwner(tx: Transaction, ownerId: string): Promise<string[]> {
  const families = await findFamilies(tx, { ownerId }, { sort: 'newest', limit: MOST_FAMILIES });
  return families.map((family) => family.id);
}
