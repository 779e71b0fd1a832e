import type { Transaction } from '../../platform/index.ts';
import { noSuchFamily } from '../family-problems.ts';

/** A note on a family, as written. */
export interface FamilyNote {
  readonly id: string;
  readonly text: string;
  readonly writtenBy: string;
  readonly writtenAt: Date;
  /** The note this one puts right. */
  readonly corrects: string | null;
  /** The note that puts this one right. */
  readonly correctedBy: string | null;
}

const NOTE = `n.id, n.text, n.written_by as "writtenBy", n.written_at as "writtenAt", n.corrects, c.id as "correctedBy"`;
const NOTES = `families.note n left join families.note c on c.corrects = n.id`;

/** Lists the notes on a family, the newest first. @param before the last number of the page before @throws no_such_family */
export async function notesOf(
  tx: Transaction,
  familyId: string,
  before: string | undefined,
  limit: number,
): Promise<FamilyNote[]> {
  if (!(await tx.maybe(`select 1 from families.family where id = $1`, [familyId])))
    throw noSuchFamily('No family of this council has that number.');
  return tx.query(
    `select ${NOTE} from ${NOTES}
      where n.authority_id = (select kernel.current_authority()) and n.family_id = $1 and ($2::bigint is null or n.id < $2)
      order by n.id desc limit $3`,
    [familyId, before ?? null, limit],
  );
}

/** Shows one note of a family, or nothing. */
export function noteOf(tx: Transaction, familyId: string, id: string): Promise<FamilyNote | undefined> {
  return tx.maybe(`select ${NOTE} from ${NOTES} where n.family_id = $1 and n.id = $2`, [familyId, id]);
}
