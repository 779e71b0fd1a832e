import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** What a family was told of a decision; the notice has the words. */
export interface AnswerRow {
  readonly id: string;
  readonly applicationId: string;
  readonly familyId: string;
  /** Null where what was awarded is not paid after all. */
  readonly approvalId: string | null;
  readonly what: 'awarded' | 'declined' | 'upheld' | 'overturned' | 'cancelled';
  readonly noticeId: string;
  /** The last day to ask for a review; null where there is nothing to review. */
  readonly reviewBy: PlainDate | null;
  readonly toldOn: PlainDate;
}

const COLUMNS = `w.id, w.application_id as "applicationId", w.family_id as "familyId", w.approval_id as "approvalId", w.what,
  w.notice_id as "noticeId", w.review_by as "reviewBy", w.told_on as "toldOn"`;

/** Keeps which notice tells a decision. */
export async function insertAnswer(tx: Transaction, answer: Omit<AnswerRow, 'id' | 'toldOn'>): Promise<void> {
  const { applicationId, familyId, approvalId, what, noticeId, reviewBy } = answer;
  await tx.query(
    `insert into grants.answer (authority_id, application_id, family_id, approval_id, what, notice_id, review_by, told_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.actor.authorityId, applicationId, familyId, approvalId, what, noticeId, reviewBy, tx.today],
  );
}

/** Lists what a family was told of some applications, the oldest first. */
export function answersOf(tx: Transaction, applicationIds: readonly string[]): Promise<AnswerRow[]> {
  return tx.query(`select ${COLUMNS} from grants.answer w where w.application_id = any ($1::bigint[]) order by w.id`, [
    applicationIds,
  ]);
}
