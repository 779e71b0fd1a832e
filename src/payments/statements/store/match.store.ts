import type { PlainDate } from '../../../kernel/index.ts';
import type { Transaction } from '../../../platform/index.ts';
import { type BankLine, type Expected, type Match, pairOf } from '../matching/bank-facts.ts';
import type { Direction } from '../parse/statement-read.ts';

/** Columns of an answer, each as long as the others; null when there is nothing. */
type Columns<Name extends string> = Readonly<Record<Name, readonly string[] | null>>;

/** A match the rules made earlier and may make anew. */
export interface StandingMatch extends Match {
  readonly id: string;
}

/** Lines of which a person has matched or written off any: the rules leave them alone. */
const DECIDED_BY_A_PERSON = `select m.line_id from payments.bank_match m
   where m.how = 'by-hand' and not exists (select from payments.bank_unmatch u where u.match_id = m.id)
  union select w.line_id from payments.write_off w where w.state = 'approved'`;

/** One matcher at a time in a council; whoever waits sees what the other did. */
export async function lockMatching(tx: Transaction): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('payments.bank_match'), $1::int)`, [tx.actor.authorityId]);
}

/**
 * Asks for everything at once, whatever Postgres knows of the tables by now: looking lines up one by one because a table was
 * small yesterday took minutes for 20,000 of them.
 */
export async function inOneLook<T>(tx: Transaction, ask: () => Promise<T>): Promise<T> {
  const nestedLoops = (on: boolean) => tx.query(`select set_config('enable_nestloop', $1, true)`, [on ? 'on' : 'off']);
  await nestedLoops(false);
  const found = await ask();
  await nestedLoops(true);
  return found;
}

/** Lists lines the rules may match: free ones, and since a day those that the rules matched. */
export async function linesToMatch(tx: Transaction, since: PlainDate): Promise<BankLine[]> {
  // Column by column: of a hundred thousand lines a row each took three times as long to read.
  const { ids, directions, amounts, dates, words } = await tx.one<
    Columns<'ids' | 'directions' | 'amounts' | 'dates' | 'words'>
  >(
    `with decided as materialized (${DECIDED_BY_A_PERSON}),
          free as (select l.* from payments.statement_line l left join payments.bank_claim c on c.line_id = l.id
                    where l.booked_on < $1 and c.line_id is null
                   union all select * from payments.statement_line where booked_on >= $1)
     select json_agg(l.id::text) as ids, json_agg(l.direction) as directions, json_agg(l.amount::numeric(14,2)::text) as amounts,
            json_agg(l.booked_on) as dates, json_agg(l.reference || ' ' || l.details) as words
       from free l where l.id not in (select line_id from decided)`,
    [since],
  );
  return (ids ?? []).map((id, n) => ({
    ...{ id, direction: directions?.[n] as Direction, amount: amounts?.[n] ?? '' },
    ...{ date: dates?.[n] as PlainDate, words: words?.[n] ?? '' },
  }));
}

/** Lists what the bank is to show and nobody has matched but the rules, since a day. */
export async function expectedToMatch(tx: Transaction, since: PlainDate): Promise<Expected[]> {
  const { sources, ids, directions, amounts, froms, dues, keys } = await tx.one<
    Columns<'sources' | 'ids' | 'directions' | 'amounts' | 'froms' | 'dues'> & { keys: string[][] | null }
  >(
    `with decided as materialized (${DECIDED_BY_A_PERSON}),
          taken as materialized (select distinct c.source, c.document_id from payments.bank_claim c
            join payments.statement_line l on l.id = c.line_id
            where l.booked_on < $1 or l.id in (select line_id from decided))
     select json_agg(e.source) as sources, json_agg(e.document_id::text) as ids, json_agg(e.direction) as directions,
            json_agg(e.amount::numeric(14,2)::text) as amounts, json_agg(e.day_from) as froms, json_agg(e.day_due) as dues, json_agg(e.keys) as keys
       from payments.expected_on_bank e left join taken t on t.source = e.source and t.document_id = e.document_id
      where t.source is null`,
    [since],
  );
  return (ids ?? []).map((id, n) => ({
    ...{ source: sources?.[n] ?? '', id, direction: directions?.[n] as Direction, amount: amounts?.[n] ?? '' },
    ...{ from: froms?.[n] as PlainDate, due: dues?.[n] as PlainDate, keys: keys?.[n] ?? [] },
  }));
}

/** Lists matches the rules made since a day that still stand. */
export function standingMatches(tx: Transaction, since: PlainDate): Promise<StandingMatch[]> {
  return tx.query(
    `with decided as materialized (${DECIDED_BY_A_PERSON})
     select m.id, m.line_id as "lineId", m.source, m.document_id as "documentId", m.amount::numeric(14,2)::text as amount, m.how
       from payments.bank_match m join payments.statement_line l on l.id = m.line_id
       left join payments.bank_unmatch u on u.match_id = m.id
      where l.booked_on >= $1 and m.how <> 'by-hand' and u.id is null and l.id not in (select line_id from decided)`,
    [since],
  );
}

/** Names the pairs that a person took apart: the rules do not join them again. */
export async function barredPairs(tx: Transaction): Promise<Set<string>> {
  const rows = await tx.query<{ lineId: string; source: string; documentId: string }>(
    `select m.line_id as "lineId", m.source, m.document_id as "documentId"
       from payments.bank_unmatch u join payments.bank_match m on m.id = u.match_id where u.unmatched_by is not null`,
  );
  return new Set(rows.map((row) => pairOf(row.lineId, row.source, row.documentId)));
}

/** Writes matches a person made, each posted by itself. @returns their numbers */
export async function insertMatches(
  tx: Transaction,
  matches: readonly Omit<Match, 'how'>[],
  by: { readonly userId: string; readonly note: string },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `insert into payments.bank_match (line_id, source, document_id, amount, how, authority_id, matched_by, note)
     select m.line, m.source, m.document, m.amount, 'by-hand', $1, $2, $3
       from unnest($4::bigint[], $5::text[], $6::bigint[], $7::numeric[]) as m(line, source, document, amount)
     returning id`,
    [
      ...[tx.actor.authorityId, by.userId, by.note, matches.map((match) => match.lineId)],
      ...[matches.map((match) => match.source), matches.map((match) => match.documentId)],
      matches.map((match) => match.amount),
    ],
  );
  return rows.map((row) => row.id);
}

/** Writes what the rules found together, as a round. @returns its number, by which it is posted */
export async function insertRound(tx: Transaction, matches: readonly Match[]): Promise<string> {
  const { id } = await tx.one<{ id: string }>(`select nextval('kernel.document_number')::text as id`);
  await tx.query(
    `insert into payments.bank_match (line_id, source, document_id, amount, how, authority_id, round_id)
     select m.line, m.source, m.document, m.amount, m.how, $1, $2
       from unnest($3::bigint[], $4::text[], $5::bigint[], $6::numeric[], $7::text[]) as m(line, source, document, amount, how)`,
    [
      ...[tx.actor.authorityId, id, matches.map((match) => match.lineId), matches.map((match) => match.source)],
      ...[matches.map((match) => match.documentId), matches.map((match) => match.amount)],
      matches.map((match) => match.how),
    ],
  );
  return id;
}

/** Takes matches back by adding. @returns the numbers of what was added */
export async function insertUnmatches(tx: Transaction, matchIds: readonly string[], reason: string, by: string | null) {
  if (matchIds.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `insert into payments.bank_unmatch (authority_id, match_id, reason, unmatched_by)
     select $1, m, $2, $3 from unnest($4::bigint[]) m returning id`,
    [tx.actor.authorityId, reason, by, matchIds],
  );
  return rows.map((row) => row.id);
}

/** Asks for matches of lines of one direction, to be posted on the line's day. */
export function matchesToPost(ids: readonly string[], direction: string): { sql: string; parameters: unknown[] } {
  return {
    sql: `select m.id as document_id, 0::smallint as leg, l.booked_on as effective_date, m.amount
            from payments.bank_match m join payments.statement_line l on l.id = m.line_id
           where m.id = any($2) and l.direction = $3`,
    parameters: [ids, direction],
  };
}

/** Asks for matches taken back, of lines of one direction, to be posted on the line's day too: both sides cancel out there. */
export function unmatchesToPost(ids: readonly string[], direction: string): { sql: string; parameters: unknown[] } {
  return {
    sql: `select u.id as document_id, 0::smallint as leg, l.booked_on as effective_date, m.amount
            from payments.bank_unmatch u join payments.bank_match m on m.id = u.match_id
            join payments.statement_line l on l.id = m.line_id
           where u.id = any($2) and l.direction = $3`,
    parameters: [ids, direction],
  };
}
