import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchMessage } from '../notice-problems.ts';
import type { FamilyMessageState } from '../family-message.states.ts';

/** What a family can write to the council about. */
export const familyMessageKinds = ['help', 'not-arrived'] as const;
export type FamilyMessageKind = (typeof familyMessageKinds)[number];

/** What a family writes. */
export interface NewFamilyMessage {
  readonly kind: FamilyMessageKind;
  /** The day of the payment that did not come. */
  readonly aboutDay: PlainDate | null;
  readonly text: string;
  /** How to reach them safely, in their words. */
  readonly reach: string;
}

/** A message of a family as the database has it. */
export interface FamilyMessage extends NewFamilyMessage {
  readonly id: string;
  readonly version: number;
  readonly familyId: string;
  readonly state: FamilyMessageState;
  readonly sentAt: Date;
  readonly sentOn: PlainDate;
  /** The working day by which somebody looks at it. */
  readonly lookBy: PlainDate;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly note: string | null;
}

/** The columns of a message, of `notices.family_message`. */
export const MESSAGE = `id, version, family_id as "familyId", state, kind, about_day as "aboutDay", text, reach, sent_at as "sentAt",
  sent_on as "sentOn", look_by as "lookBy", answered_by as "answeredBy", answered_at as "answeredAt", note`;

/** Writes down what a family sent from its page. @returns its number */
export async function insertFamilyMessage(
  tx: Transaction,
  from: { readonly familyId: string; readonly sessionId: string },
  message: NewFamilyMessage & { readonly lookBy: PlainDate },
): Promise<string> {
  const { kind, aboutDay, text, reach, lookBy } = message;
  const { id } = await tx.one<{ id: string }>(
    `insert into notices.family_message (authority_id, family_id, session_id, kind, about_day, text, reach, look_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [tx.actor.authorityId, from.familyId, from.sessionId, kind, aboutDay, text, reach, lookBy],
  );
  return id;
}

/** Lists what a family wrote, the newest first. @param before the last number of the page before */
export function messagesOfFamily(
  tx: Transaction,
  familyId: string,
  limit: number,
  before?: string,
): Promise<FamilyMessage[]> {
  return tx.query(
    `select ${MESSAGE} from notices.family_message
      where family_id = $1 and ($3::bigint is null or id < $3) order by id desc limit $2`,
    [familyId, limit, before ?? null],
  );
}

/** Reads one message. @throws no_such_message */
export async function readFamilyMessage(tx: Transaction, id: string, lock = false): Promise<FamilyMessage> {
  const row = await tx.maybe<FamilyMessage>(
    `select ${MESSAGE} from notices.family_message where id = $1 ${lock ? 'for update' : ''}`,
    [id],
  );
  if (!row) throw noSuchMessage('No message of this council has that number.');
  return row;
}

/** Writes down what was done about a message. */
export async function markAnswered(tx: Transaction, id: string, by: string, note: string): Promise<void> {
  await tx.query(
    `update notices.family_message set state = 'answered', answered_by = $2, answered_at = now(), note = $3, version = version + 1
      where id = $1`,
    [id, by, note],
  );
}
