import { defineProblem, Money, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { keptBasis, type KeptFacts, type KeptLine } from '../domain/entitlement/facts.ts';
import type { FallCause } from '../domain/falls.ts';
import type { FallState } from '../fall.states.ts';
import { type Busy, waitingRows } from './waiting-rows.ts';

/** Tells a caseworker that there is no such fall. */
export const noSuchFall = defineProblem('no_such_fall', {
  status: 404,
  title: 'There is no such lower amount here',
  whatToDo: 'Use the number shown on the family\'s page, under "Lower amounts held back".',
});

/** A fall as the database has it. Amounts are text. */
export interface FallRow {
  readonly id: string;
  readonly planId: string;
  readonly cause: FallCause;
  readonly memberId: string | null;
  readonly fallsOn: PlainDate;
  /** The first day the family was told it gets less. */
  readonly takesEffectOn: PlainDate;
  readonly weeklyBefore: string;
  readonly weeklyAfter: string;
  readonly noticeId: string;
  readonly state: FallState;
  readonly keptBecause: string | null;
  readonly lines: readonly StoredLine[];
}

/** A kept amount as it is stored: weekly pounds as text. */
export type StoredLine = Omit<KeptLine, 'weeklyPence'> & { readonly weekly: string };

/** A fall to be held. */
export type NewFall = Omit<FallRow, 'id' | 'state' | 'keptBecause'> & {
  readonly keptWeekly: string;
  readonly replaces: string | null;
};

const COLUMNS = `id, plan_id as "planId", cause, member_id as "memberId", falls_on as "fallsOn", takes_effect_on as "takesEffectOn",
  weekly_before::numeric(14,2)::text as "weeklyBefore", weekly_after::numeric(14,2)::text as "weeklyAfter",
  notice_id as "noticeId", state, kept_because as "keptBecause", lines`;

/** Writes falls that are held from now on. @returns their numbers, in the order given */
export async function insertFalls(tx: Transaction, falls: readonly NewFall[]): Promise<string[]> {
  const rows = await tx.query<{ id: string; noticeId: string }>(
    `insert into subsistence.fall (authority_id, plan_id, cause, member_id, falls_on, takes_effect_on, lines, kept_weekly,
       weekly_before, weekly_after, notice_id, replaces, recorded_by)
     select $1, f."planId", f.cause, f."memberId", f."fallsOn", f."takesEffectOn", f.lines, f."keptWeekly", f."weeklyBefore",
            f."weeklyAfter", f."noticeId", f.replaces, $3
       from jsonb_to_recordset($2::jsonb) as f("planId" bigint, cause text, "memberId" bigint, "fallsOn" date, "takesEffectOn" date,
         lines jsonb, "keptWeekly" kernel.gbp, "weeklyBefore" kernel.gbp, "weeklyAfter" kernel.gbp, "noticeId" bigint, replaces bigint)
     returning id, notice_id as "noticeId"`,
    [tx.actor.authorityId, JSON.stringify(falls), tx.actor.userId ?? null],
  );
  const byNotice = new Map(rows.map((row) => [row.noticeId, row.id]));
  return falls.map((fall) => byNotice.get(fall.noticeId) as string);
}

/**
 * Reads what is kept of many plans: while a fall waits, without an end; told in time, to its day.
 * @param asTold what waits ends on its day too, as its family was told
 */
export async function keptOf(
  tx: Transaction,
  planIds: readonly string[],
  asTold?: true,
): Promise<Map<string, KeptFacts[]>> {
  const kept = new Map<string, KeptFacts[]>();
  for (const row of await openFalls(tx, planIds)) {
    const ends = row.state === 'in_effect' || (asTold && row.state === 'waiting');
    const to = ends ? row.takesEffectOn : null;
    const facts = { fallId: row.id, from: row.fallsOn, to, lines: keptLinesOf(row) };
    kept.set(row.planId, [...(kept.get(row.planId) ?? []), facts]);
  }
  return kept;
}

/** Reads the falls of plans that were not replaced, in order of their days. */
export function openFalls(tx: Transaction, planIds: readonly string[]): Promise<FallRow[]> {
  return tx.query(
    `select ${COLUMNS} from subsistence.fall where plan_id = any ($1::bigint[]) and state <> 'replaced' order by falls_on, id`,
    [planIds],
  );
}

/** Reads one fall, and keeps others from settling it meanwhile. @throws no_such_fall */
export async function lockFall(tx: Transaction, id: string): Promise<FallRow> {
  const row = await tx.maybe<FallRow>(`select ${COLUMNS} from subsistence.fall where id = $1 for update`, [id]);
  if (!row) throw noSuchFall('No lower amount of this council has that number.');
  return row;
}

/** Finds and locks the falls that wait for some notices. */
export function lockFallsInNotice(tx: Transaction, noticeIds: readonly string[], busy: Busy): Promise<FallRow[]> {
  return tx.query(waitingRows(COLUMNS, 'subsistence.fall', busy), [noticeIds]);
}

/** Moves a fall to another state; the database knows which steps there are. */
export async function moveFall(
  tx: Transaction,
  id: string,
  to: FallState,
  because: string | null = null,
): Promise<void> {
  await tx.query(
    `update subsistence.fall set state = $2, kept_because = coalesce($3, kept_because), version = version + 1 where id = $1`,
    [id, to, because],
  );
}

/** Reads one fall. @throws no_such_fall */
export async function fallById(tx: Transaction, id: string): Promise<FallRow> {
  const row = await tx.maybe<FallRow>(`select ${COLUMNS} from subsistence.fall where id = $1`, [id]);
  if (!row) throw noSuchFall('No lower amount of this council has that number.');
  return row;
}

/** Lists falls that are kept because nobody told their family in time, the oldest first. */
export function keptFalls(tx: Transaction, limit: number): Promise<FallRow[]> {
  return tx.query(`select ${COLUMNS} from subsistence.fall where state = 'kept' order by id limit $1`, [limit]);
}

/** Lists every amount a fall ever kept, by component and basis as an explanation says them, for the auditor; weekly pounds. */
export async function keptAmounts(tx: Transaction): Promise<[string, string][]> {
  const rows = await tx.query<{ id: string; component: string; weekly: string }>(
    `select f.id, l ->> 'component' as component, l ->> 'weekly' as weekly
       from subsistence.fall f cross join jsonb_array_elements(f.lines) l`,
  );
  return rows.map(({ id, component, weekly }) => [`${component} ${keptBasis(id)}`, weekly]);
}

/** Writes down what a change of a household does to a plan. */
export async function insertAnswer(
  tx: Transaction,
  answer: {
    readonly planId: string;
    readonly memberId: string;
    readonly weeklyBefore: string;
    readonly weeklyAfter: string;
    readonly fallId: string | null;
    readonly memberVersion: number;
  },
): Promise<void> {
  await tx.query(
    `insert into subsistence.household_answer (authority_id, plan_id, member_id, member_version, weekly_before, weekly_after, fall_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ...[tx.actor.authorityId, answer.planId, answer.memberId, answer.memberVersion],
      ...[answer.weeklyBefore, answer.weeklyAfter, answer.fallId],
    ],
  );
}

/** What was answered of a plan when its household changed; weekly pounds. */
export interface AnswerRow {
  readonly planId: string;
  readonly weeklyBefore: string;
  readonly weeklyAfter: string;
}

/** Reads what was answered about a family in this very transaction. */
export function answersOfThisStep(tx: Transaction, familyId: string): Promise<AnswerRow[]> {
  return tx.query(
    `select a.plan_id as "planId", a.weekly_before::numeric(14,2)::text as "weeklyBefore",
            a.weekly_after::numeric(14,2)::text as "weeklyAfter"
       from subsistence.household_answer a join subsistence.plan p on p.id = a.plan_id
      where p.family_id = $1 and a.written_in = pg_current_xact_id() order by a.plan_id, a.member_id`,
    [familyId],
  );
}

/** Reads the falls of a family that began to be held in this very transaction. */
export function fallsOfThisStep(tx: Transaction, familyId: string): Promise<FallRow[]> {
  return tx.query(
    `select ${COLUMNS} from subsistence.fall
      where plan_id in (select id from subsistence.plan where family_id = $1) and state <> 'replaced'
        and written_in = pg_current_xact_id() order by id`,
    [familyId],
  );
}

/** Gives what a fall keeps, in weekly pence. */
export function keptLinesOf({ lines }: Pick<FallRow, 'lines'>): KeptLine[] {
  return lines.map(({ weekly, ...line }) => ({ ...line, weeklyPence: Money.gbp(weekly).toPence() }));
}
