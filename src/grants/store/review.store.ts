import { nextState, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchReview } from '../grant-problems.ts';
import { type ReviewCommand, type ReviewState, reviewStates } from '../review.states.ts';

/** A review as the database has it. */
export interface ReviewRow {
  readonly id: string;
  readonly version: number;
  readonly applicationId: string;
  readonly familyId: string;
  readonly answerId: string;
  readonly state: ReviewState;
  /** Null where the family asked on its own page. */
  readonly askedBy: string | null;
  readonly askedOn: PlainDate;
  /** What the family says, in any language. */
  readonly words: string;
  readonly lateReason: string | null;
  readonly dueOn: PlainDate;
  readonly passedOnBy: string | null;
  readonly note: string;
  readonly approvalId: string | null;
  readonly reviewedBy: string | null;
  readonly reasons: string;
}

/** A review to be asked for. */
export type NewReview = Pick<ReviewRow, 'applicationId' | 'familyId' | 'answerId' | 'words' | 'lateReason' | 'dueOn'>;

const COLUMNS = `v.id, v.version, v.application_id as "applicationId", v.family_id as "familyId", v.answer_id as "answerId", v.state,
  v.asked_by as "askedBy", v.asked_on as "askedOn", v.words, v.late_reason as "lateReason", v.due_on as "dueOn",
  v.passed_on_by as "passedOnBy", v.note, v.approval_id as "approvalId", v.reviewed_by as "reviewedBy", v.reasons`;

/** Writes down that a review is asked for. @returns its number */
export async function insertReview(tx: Transaction, review: NewReview): Promise<string> {
  const { applicationId, familyId, answerId, words, lateReason, dueOn } = review;
  const { id } = await tx.one<{ id: string }>(
    `insert into grants.review (authority_id, application_id, family_id, answer_id, words, late_reason, due_on, asked_by, asked_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [
      ...[tx.actor.authorityId, applicationId, familyId, answerId, words, lateReason, dueOn],
      ...[tx.actor.userId ?? null, tx.today],
    ],
  );
  return id;
}

/** Reads one review; locks it where something is to change. @throws no_such_review */
export async function readReview(tx: Transaction, id: string, lock = false): Promise<ReviewRow> {
  const sql = `select ${COLUMNS} from grants.review v where v.id = $1 ${lock ? 'for update' : ''}`;
  const row = await tx.maybe<ReviewRow>(sql, [id]);
  if (!row) throw noSuchReview('No review of this council has that number.');
  return row;
}

/** Lists the reviews of some applications, the oldest first. */
export function reviewsOf(tx: Transaction, applicationIds: readonly string[]): Promise<ReviewRow[]> {
  return tx.query(`select ${COLUMNS} from grants.review v where v.application_id = any ($1::bigint[]) order by v.id`, [
    applicationIds,
  ]);
}

/** Lists the reviews in some states, those due first first. */
export function reviewsIn(tx: Transaction, states: readonly ReviewState[], limit: number): Promise<ReviewRow[]> {
  return tx.query(
    `select ${COLUMNS} from grants.review v where v.state = any ($1::text[]) order by v.due_on, v.id limit $2`,
    [states, limit],
  );
}

/** Moves a locked review along one edge of its machine, setting what changes with it. @throws not_in_that_state */
export async function moveReview(
  tx: Transaction,
  review: ReviewRow,
  command: ReviewCommand,
  set: Readonly<Record<string, string | null>>,
  reason = '',
): Promise<void> {
  const next = nextState('The review', reviewStates, review.state, command);
  await tx.because(reason);
  const columns = Object.keys(set).map((name, index) => `, ${name} = $${index + 3}`);
  await tx.query(`update grants.review set state = $2, version = version + 1 ${columns.join('')} where id = $1`, [
    ...[review.id, next],
    ...Object.values(set),
  ]);
}

/** Lists everybody who had a part in an application before its review: none of them reviews it. */
export async function whoHadAPart(tx: Transaction, applicationId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(`select who as id from grants.who_had_a_part($1) who order by 1`, [
    applicationId,
  ]);
  return rows.map((row) => row.id);
}

/** Lists the same for several applications at once. */
export async function partsIn(tx: Transaction, applicationIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.query<{ id: string; people: string[] }>(
    `select a as id, array(select grants.who_had_a_part(a)::text) as people from unnest($1::bigint[]) a`,
    [applicationIds],
  );
  return new Map(rows.map((row) => [row.id, row.people]));
}
