import type { Postage } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { AttemptState } from '../attempt.states.ts';
import type { Channel } from '../../families/index.ts';

/** How a family was told: by one of its channels, or face to face. */
export type Way = Channel | 'visit';

/** One attempt to tell a family, as the database has it. */
export interface AttemptRow {
  readonly id: string;
  readonly noticeId: string;
  readonly familyId: string;
  readonly state: AttemptState;
  readonly channel: Way;
  readonly language: string;
  readonly destination: string;
  readonly subject: string | null;
  readonly body: string;
  readonly letter: unknown;
  readonly postage: Postage | null;
  readonly parts: number | null;
  readonly isNeutral: boolean;
  /** Whether it was written for a family that must not be named. */
  readonly isDiscreet: boolean;
  readonly reference: string;
  readonly tries: number;
  readonly providerId: string | null;
  readonly providerStatus: string | null;
  readonly providerRank: number;
  readonly sentAt: Date | null;
  readonly sentOn: PlainDate | null;
  readonly arrivesEarliest: PlainDate | null;
  readonly arrivesLatest: PlainDate | null;
  readonly receivedOn: PlainDate | null;
  readonly failure: string | null;
  readonly loggedBy: string | null;
  readonly madeAt: Date;
  readonly printBatchId: string | null;
  /** The day a person logged that a letter printed here came back, and who. */
  readonly cameBackOn: PlainDate | null;
  readonly cameBackBy: string | null;
}

/** An attempt to be queued. */
export type NewAttempt = Pick<
  AttemptRow,
  | ('noticeId' | 'familyId' | 'channel' | 'language' | 'destination' | 'subject' | 'body')
  | ('letter' | 'postage' | 'parts' | 'isNeutral' | 'isDiscreet')
> & {
  /** The digest of the approved words, in hexadecimal; absent in English. */
  readonly wordsDigest: string | null;
};

const COLUMNS = `a.id, a.notice_id as "noticeId", a.family_id as "familyId", a.state, a.channel, a.language, a.destination, a.subject,
  a.body, a.letter, a.postage, a.parts, a.is_neutral as "isNeutral", a.is_discreet as "isDiscreet", a.reference, a.tries, a.provider_id as "providerId",
  a.provider_status as "providerStatus", a.provider_rank as "providerRank", a.sent_at as "sentAt", a.sent_on as "sentOn",
  a.arrives_earliest as "arrivesEarliest", a.arrives_latest as "arrivesLatest", a.received_on as "receivedOn", a.failure,
  a.logged_by as "loggedBy", a.made_at as "madeAt", a.print_batch_id as "printBatchId",
  a.came_back_on as "cameBackOn", a.came_back_by as "cameBackBy"`;

/** Queues attempts in one statement. @returns how many */
export function insertAttempts(tx: Transaction, attempts: readonly NewAttempt[]): Promise<number> {
  return tx.execute(
    `insert into notices.attempt (authority_id, notice_id, family_id, channel, language, destination, subject, body, letter, postage,
       parts, is_neutral, is_discreet, words_sha256)
     select $1, a."noticeId", a."familyId", a.channel, a.language, a.destination, a.subject, a.body, a.letter, a.postage, a.parts,
       a."isNeutral", a."isDiscreet", decode(a."wordsDigest", 'hex')
       from jsonb_to_recordset($2::jsonb) as a("noticeId" bigint, "familyId" bigint, channel text, language text, destination text,
         subject text, body text, letter jsonb, postage text, parts smallint, "isNeutral" boolean, "isDiscreet" boolean, "wordsDigest" text)`,
    [tx.actor.authorityId, JSON.stringify(attempts)],
  );
}

/** Something a person said to a family, by telephone or face to face. */
export interface SpokenTo {
  readonly noticeId: string;
  readonly familyId: string;
  readonly channel: 'call' | 'visit';
  /** Whom they spoke to, and what was said. */
  readonly destination: string;
  readonly body: string;
  readonly loggedBy: string;
}

/** Writes that a person told a family, or tried to; what came of it follows. @returns its number */
export async function insertSpokenTo(tx: Transaction, spoken: SpokenTo): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into notices.attempt (authority_id, notice_id, family_id, channel, language, destination, body, logged_by)
     values ($1, $2, $3, $4, 'en', $5, $6, $7) returning id`,
    [
      ...[tx.actor.authorityId, spoken.noticeId, spoken.familyId, spoken.channel],
      ...[spoken.destination, spoken.body, spoken.loggedBy],
    ],
  );
  return id;
}

/** Lists every attempt of some notices, the oldest first. */
export function attemptsOf(tx: Transaction, noticeIds: readonly string[]): Promise<AttemptRow[]> {
  return tx.query(`select ${COLUMNS} from notices.attempt a where a.notice_id = any ($1::bigint[]) order by a.id`, [
    noticeIds,
  ]);
}

/** Reads attempts by number. */
export function attemptsByIds(tx: Transaction, ids: readonly string[]): Promise<AttemptRow[]> {
  return tx.query(`select ${COLUMNS} from notices.attempt a where a.id = any ($1::bigint[]) order by a.id`, [ids]);
}

/** Finds and locks the attempt a message of Notify is about: by its number there, else by our reference. */
export function lockAttemptHeard(
  tx: Transaction,
  providerId: string,
  reference: string | null,
): Promise<AttemptRow | undefined> {
  return tx.maybe(
    `select ${COLUMNS} from notices.attempt a where a.provider_id = $1 or (a.provider_id is null and a.reference = $2) for update`,
    [providerId, reference],
  );
}

/**
 * Takes attempts that are to be sent now, each for a while: a sender that dies leaves them to the next.
 *
 * @param without a channel that does not go through Notify: letters, where the council prints them
 */
export function takeAttempts(
  tx: Transaction,
  limit: number,
  leaseSeconds: number,
  without: 'letter' | null = null,
): Promise<AttemptRow[]> {
  return tx.query(
    `with due as (
       select d.id, d.authority_id from notices.attempt d
        where ((d.state = 'queued' and d.due_at <= now()) or (d.state = 'sending' and d.leased_until <= now()))
          and d.channel is distinct from $3
        order by d.due_at, d.id limit $1 for update skip locked)
     update notices.attempt a set state = 'sending', tries = a.tries + 1,
            leased_until = clock_timestamp() + make_interval(secs => $2)
       from due where a.id = due.id and a.authority_id = due.authority_id returning ${COLUMNS}`,
    [limit, leaseSeconds, without],
  );
}

/** Finds those next in the queue whose way is not safe any more, or whose family is reached elsewhere now. */
export function nextGoneAstray(
  tx: Transaction,
  limit: number,
  only: readonly Way[],
): Promise<Pick<AttemptRow, 'id' | 'noticeId' | 'familyId' | 'channel'>[]> {
  return tx.query(
    `with next as (
       select a from notices.attempt a where a.state = 'queued' and a.due_at <= now() and a.channel = any ($2::text[])
        order by a.due_at, a.id limit $1 for update skip locked)
     select (a).id, (a).notice_id as "noticeId", (a).family_id as "familyId", (a).channel from next
      where not notices.still_goes_there(a)`,
    [limit, only],
  );
}

/** Asks whether a message, where something waits for it, went to where its family is safely reached now. */
export async function isStillSafe(tx: Transaction, id: string): Promise<boolean> {
  const { safe } = await tx.one<{ safe: boolean }>(
    `select n.affects_on is null or notices.still_goes_there(a) as safe
       from notices.attempt a join notices.notice n on n.authority_id = a.authority_id and n.id = a.notice_id where a.id = $1`,
    [id],
  );
  return safe;
}

/** Lists letters whose latest day of arrival has come: as far as anybody can know, they are there. */
export function arrivedLetters(tx: Transaction): Promise<(AttemptRow & { arrivesLatest: PlainDate })[]> {
  return tx.query(
    `select ${COLUMNS} from notices.attempt a
      where a.state = 'accepted' and a.channel = 'letter' and a.arrives_latest <= $1 order by a.id limit 500 for update skip locked`,
    [tx.today],
  );
}

/**
 * Lists messages handed over so many hours ago that nobody has proved delivered, once they were asked after.
 * @param patience more hours for what nobody could ask after, because workers or Notify stood still
 */
export function unprovenMessages(tx: Transaction, hours: number, patience: number): Promise<AttemptRow[]> {
  return tx.query(
    `select ${COLUMNS} from notices.attempt a
      where a.state = 'accepted' and a.channel in ('sms', 'email') and a.sent_at < now() - make_interval(hours => $1)
        and (a.polled_at > a.sent_at + make_interval(hours => $1 / 2) or a.sent_at < now() - make_interval(hours => $1 + $2))
      order by a.id limit 500 for update skip locked`,
    [hours, patience],
  );
}

/** Takes what nobody asked Notify about for a while and has not arrived, so that another worker does not ask as well. */
export function takeToAskAfter(
  tx: Transaction,
  limit: number,
): Promise<{ id: string; providerId: string; reference: string; providerStatus: string | null }[]> {
  return tx.query(
    `with due as (
       select d.id, d.authority_id from notices.attempt d
        where d.state = 'accepted' and d.provider_id is not null
          and coalesce(d.polled_at, d.sent_at) <= now() - case d.channel when 'letter' then interval '1 hour' else interval '3 hours' end
        order by d.polled_at nulls first limit $1 for update skip locked)
     update notices.attempt a set polled_at = now() from due where a.id = due.id and a.authority_id = due.authority_id
     returning a.id, a.provider_id as "providerId", a.reference, a.provider_status as "providerStatus"`,
    [limit],
  );
}
