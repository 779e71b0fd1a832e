import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ConferenceGiven } from '../domain/conference.ts';

/** What is to be asked after an award. */
export const followUpKinds = ['spend', 'three-months', 'six-months'] as const;
export type FollowUpKind = (typeof followUpKinds)[number];

/** One thing to ask after an award, and what was found. */
export interface FollowUpRow {
  readonly id: string;
  readonly applicationId: string;
  readonly kind: FollowUpKind;
  readonly dueOn: PlainDate;
  readonly note: string | null;
  readonly doneBy: string | null;
  readonly doneOn: PlainDate | null;
}

/** A case conference's recommendation. */
export interface ConferenceRow extends ConferenceGiven {
  readonly id: string;
  readonly recordedBy: string;
}

const FOLLOW_UP = `id, application_id as "applicationId", kind, due_on as "dueOn", note, done_by as "doneBy", done_on as "doneOn"`;

/** Lists what is asked after the award of an application. */
export function followUpsOf(tx: Transaction, applicationId: string): Promise<FollowUpRow[]> {
  return tx.query(`select ${FOLLOW_UP} from grants.follow_up where application_id = $1 order by due_on, id`, [
    applicationId,
  ]);
}

/** Lists what is due to be asked by a day, the oldest first, with its family. */
export function followUpsDue(
  tx: Transaction,
  by: PlainDate,
  limit: number,
): Promise<(FollowUpRow & { familyId: string })[]> {
  return tx.query(
    `select f.id, f.application_id as "applicationId", f.kind, f.due_on as "dueOn", f.note, f.done_by as "doneBy",
            f.done_on as "doneOn", a.family_id as "familyId"
       from grants.follow_up f join grants.award a on a.id = f.award_id
      where f.done_on is null and f.due_on <= $1 and a.state <> 'cancelled' order by f.due_on, f.id limit $2`,
    [by, limit],
  );
}

/** Writes down what was found; says so where it was answered before, or is not here. */
export async function answerFollowUp(
  tx: Transaction,
  id: string,
  note: string,
): Promise<FollowUpRow | 'before' | 'not here'> {
  const done = await tx.maybe<FollowUpRow>(
    `update grants.follow_up set note = $2, done_by = $3, done_on = $4, version = version + 1
      where id = $1 and done_on is null returning ${FOLLOW_UP}`,
    [id, note, tx.actor.userId, tx.today],
  );
  if (done) return done;
  return (await tx.maybe(`select 1 from grants.follow_up where id = $1`, [id])) ? 'before' : 'not here';
}

/** Writes down what a conference recommended. @returns its number */
export async function insertConference(
  tx: Transaction,
  applicationId: string,
  given: ConferenceGiven,
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into grants.conference (authority_id, application_id, held_on, agencies, recommendation, recorded_by)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [tx.actor.authorityId, applicationId, given.heldOn, given.agencies, given.recommendation, tx.actor.userId],
  );
  return id;
}

/** Lists the conferences on an application, the newest first. */
export function conferencesOf(tx: Transaction, applicationId: string): Promise<ConferenceRow[]> {
  return tx.query(
    `select id, held_on as "heldOn", agencies, recommendation, recorded_by as "recordedBy"
       from grants.conference where application_id = $1 order by held_on desc, id desc`,
    [applicationId],
  );
}
