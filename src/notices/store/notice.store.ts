import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { NoticeFacts, NoticeKind } from '../domain/notice-facts.ts';
import { noSuchNotice } from '../notice-problems.ts';
import type { NoticeState } from '../notice.states.ts';

/** A notice as the database has it. */
export interface NoticeRow {
  readonly id: string;
  readonly familyId: string;
  readonly state: NoticeState;
  readonly kind: NoticeKind;
  readonly facts: NoticeFacts;
  /** The first day anything differs; absent when nothing waits for it. */
  readonly affectsOn: PlainDate | null;
  readonly noticeDays: number;
  /** The last day of receipt that is in time. */
  readonly neededBy: PlainDate | null;
  readonly receivedOn: PlainDate | null;
  readonly receivedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly draftedBy: string | null;
  readonly draftedOn: PlainDate;
  readonly withdrawnOn: PlainDate | null;
  readonly withdrawnBecause: string | null;
}

/** A notice to be drafted, together with what it is about. */
export interface NewNotice {
  readonly familyId: string;
  readonly facts: NoticeFacts;
  readonly affectsOn: PlainDate | null;
  readonly noticeDays: number;
  /** The notice whose change does not happen, of one that says so. */
  readonly takesBack?: string;
}

const COLUMNS = `id, family_id as "familyId", state, kind, facts, affects_on as "affectsOn", notice_days as "noticeDays",
  needed_by as "neededBy", received_on as "receivedOn", received_by as "receivedBy", confirmed_at as "confirmedAt",
  drafted_by as "draftedBy", drafted_on as "draftedOn", withdrawn_on as "withdrawnOn", withdrawn_because as "withdrawnBecause"`;

/** Writes notices in one statement. @returns their numbers, in the order given */
export async function insertNotices(tx: Transaction, notices: readonly NewNotice[]): Promise<string[]> {
  const rows = notices.map(({ facts, ...notice }, ord) => ({ ...notice, ord, facts, kind: facts.kind }));
  const made = await tx.query<{ id: string }>(
    `with given as materialized (
       select nextval('kernel.document_number') as id, n.* from (
         select * from jsonb_to_recordset($3::jsonb) as n(ord int, "familyId" bigint, kind text, facts jsonb, "affectsOn" date, "noticeDays" smallint,
            "takesBack" bigint)
          order by ord) n),
     made as (
       insert into notices.notice (id, authority_id, family_id, kind, facts, affects_on, notice_days, drafted_by, takes_back)
       select id, $1, "familyId", kind, facts, "affectsOn", "noticeDays", $2, "takesBack" from given returning id)
     select given.id from given order by ord`,
    [tx.actor.authorityId, tx.actor.userId ?? null, JSON.stringify(rows)],
  );
  return made.map((row) => row.id);
}

/** Reads notices by number, in order of their numbers. */
export function noticesByIds(tx: Transaction, ids: readonly string[]): Promise<NoticeRow[]> {
  return tx.query(`select ${COLUMNS} from notices.notice where id = any ($1::bigint[]) order by id`, [ids]);
}

/** Says which of some notices were taken back in words already. */
export async function takenBack(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select takes_back as id from notices.notice where takes_back = any ($1::bigint[])`,
    [ids],
  );
  return rows.map(({ id }) => id);
}

/** Reads one notice. @throws no_such_notice */
export async function readNotice(tx: Transaction, id: string): Promise<NoticeRow> {
  const [notice] = await noticesByIds(tx, [id]);
  if (!notice) throw noSuchNotice('No notice of this council has that number.');
  return notice;
}

/** Reads notices and keeps others from changing them meanwhile. */
export async function lockNotices(tx: Transaction, ids: readonly string[]): Promise<NoticeRow[]> {
  await tx.query(`select 1 from notices.notice where id = any ($1::bigint[]) order by id for update`, [ids]);
  return noticesByIds(tx, ids);
}

/**
 * Finds the notices that were needed before today and have not been received, the longest overdue first.
 * @param among only these; absent: all there are
 */
export async function overdueNotices(
  tx: Transaction,
  kinds: readonly NoticeKind[],
  among: readonly string[] | null = null,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from notices.notice
      where state in ('drafted', 'serving', 'call_needed') and kind = any ($1::text[]) and needed_by < $2
        and ($3::bigint[] is null or id = any ($3::bigint[])) order by needed_by, id`,
    [kinds, tx.today, among],
  );
  return rows.map((row) => row.id);
}

/** Moves notices to a state; the database knows which steps there are. */
export async function moveNotices(tx: Transaction, ids: readonly string[], to: NoticeState): Promise<void> {
  await tx.query(`update notices.notice set state = $2, version = version + 1 where id = any ($1::bigint[])`, [
    ids,
    to,
  ]);
}

/** Takes notices back, saying why. After their last day, that is how a family keeps what it had. */
export async function markWithdrawn(tx: Transaction, ids: readonly string[], reason: string): Promise<void> {
  await tx.query(
    `update notices.notice set state = 'withdrawn', withdrawn_on = $2, withdrawn_because = $3, version = version + 1
      where id = any ($1::bigint[])`,
    [ids, tx.today, reason],
  );
}

/** Puts fresh facts into notices that were not served yet: amounts as they stand now. */
export async function redraft(tx: Transaction, facts: readonly { id: string; facts: NoticeFacts }[]): Promise<void> {
  await tx.query(
    `update notices.notice n set facts = f.facts, version = n.version + 1
       from jsonb_to_recordset($1::jsonb) as f(id bigint, facts jsonb) where n.id = f.id and n.state = 'drafted'`,
    [JSON.stringify(facts)],
  );
}

/** Marks a notice received by an attempt. An earlier receipt is better; a later one changes nothing. @returns whether it did */
export async function markReceived(
  tx: Transaction,
  noticeId: string,
  by: { readonly attemptId: string; readonly on: PlainDate },
): Promise<boolean> {
  const touched = await tx.execute(
    `update notices.notice set received_on = $3, received_by = $2, state = 'received', version = version + 1
      where id = $1 and state in ('serving', 'call_needed', 'received') and (received_on is null or received_on > $3::date)`,
    [noticeId, by.attemptId, by.on],
  );
  return touched > 0;
}

/** Marks that the family itself said it has seen a notice; the first time counts. */
export async function markConfirmed(tx: Transaction, noticeId: string): Promise<boolean> {
  const touched = await tx.execute(
    `update notices.notice set confirmed_at = now(), version = version + 1 where id = $1 and confirmed_at is null`,
    [noticeId],
  );
  return touched > 0;
}
