import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Quarter } from '../domain/calendar-quarter.ts';
import { calendarOut } from '../plan-problems.ts';

/** A quarter's calendar that was sent. */
export interface CalendarIssue extends Quarter {
  readonly id: string;
  readonly madeBy: string | null;
  readonly madeOn: PlainDate;
  /** Families it went to, and those nothing can be sent to. */
  readonly families: number;
  readonly unreached: number;
}

const COLUMNS = `i.id, i.from_day as "from", i.to_day as "to", i.made_by as "madeBy", i.made_on as "madeOn", i.families, i.unreached`;

/** Puts a quarter's calendar on record, once. @returns its number @throws payment_calendar_sent_before */
export async function insertIssue(
  tx: Transaction,
  { from, to, families, unreached }: Quarter & Pick<CalendarIssue, 'families' | 'unreached'>,
): Promise<string> {
  const made = await tx.maybe<{ id: string }>(
    `insert into subsistence.calendar_issue (authority_id, from_day, to_day, made_by, families, unreached)
     values ($1, $2, $3, $4, $5, $6) on conflict on constraint uq_calendar_once_a_quarter do nothing returning id`,
    [tx.actor.authorityId, from, to, tx.actor.userId ?? null, families, unreached],
  );
  if (!made) throw calendarOut(`The calendar from ${from} was sent before.`);
  return made.id;
}

/** Reads one issue by its number; it is there for whoever was rung about it. */
export function readIssue(tx: Transaction, id: string): Promise<CalendarIssue> {
  return tx.one(`select ${COLUMNS} from subsistence.calendar_issue i where i.id = $1`, [id]);
}

/** Lists calendars that were sent, the newest quarter first, each with how many were made and how many received so far. */
export function listIssues(
  tx: Transaction,
  limit: number,
): Promise<(CalendarIssue & { readonly sent: number; readonly received: number })[]> {
  return tx.query(
    `select ${COLUMNS}, s.sent, s.received from (
       select * from subsistence.calendar_issue order by from_day desc limit $1) i
      cross join lateral (select count(*)::int as sent, count(s.received_on)::int as received
        from subsistence.calendar_sent s where s.authority_id = i.authority_id and s.issue_id = i.id) s
      order by i.from_day desc`,
    [limit],
  );
}

/** Lists approved plans with payments in a quarter, with their families, in order of their numbers. */
export function plansInQuarter(
  tx: Transaction,
  { from, to }: Quarter,
  after = '0',
  limit = 1_000_000,
): Promise<{ planId: string; familyId: string }[]> {
  return tx.query(
    `select p.id as "planId", p.family_id as "familyId" from subsistence.plan p
      where p.state = 'approved' and p.id > $3 and p.support_from < $2 and (p.support_to is null or p.support_to > greatest($1::date, $5::date))
      order by p.id limit $4`,
    [from, to, after, limit, tx.today],
  );
}

/** Finds which of some plans an issue was sent for already. */
export async function sentAlready(tx: Transaction, issueId: string, planIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select plan_id as id from subsistence.calendar_sent where issue_id = $1 and plan_id = any ($2::bigint[])`,
    [issueId, planIds],
  );
  return new Set(rows.map((row) => row.id));
}

/** Writes which notices carry an issue to which plans, in one statement. */
export async function insertSent(
  tx: Transaction,
  issueId: string,
  sent: readonly { readonly planId: string; readonly noticeId: string }[],
): Promise<void> {
  await tx.query(
    `insert into subsistence.calendar_sent (authority_id, issue_id, plan_id, notice_id)
     select $1, $2, s."planId", s."noticeId" from jsonb_to_recordset($3::jsonb) as s("planId" bigint, "noticeId" bigint)`,
    [tx.actor.authorityId, issueId, JSON.stringify(sent)],
  );
}
