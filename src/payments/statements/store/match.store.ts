import type { PlainDate } from '../../../kernel/index.ts';
import type { Transaction } from '../../../platform/index.ts';
import { type BankLine, type Expected, type FoundBy, type Match, pairOf } from '../matching/bank-facts.ts';

/** A match the rules made earlier and may make anew. */
export interface StandingMatch extends Match {
  readonly id: string;
}

/** Whether a person has matched or written off any of this line: then the rules leave it alone. */
const A_PERSON_DECIDED = `exists (select from payments.bank_claim c left join payments.bank_match m
    on m.line_id = c.line_id and m.source = c.source and m.document_id = c.document_id and m.how = 'by-hand'
  where c.line_id = l.id and (c.source = 'write-off' or m.id is not null))`;

/** One matcher at a time in a council; whoever waits sees what the other did. */
export async function lockMatching(tx: Transaction): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('payments.bank_match'), $1::int)`, [tx.actor.authorityId]);
}

/** Lists lines the rules may match: free ones, and since a day those that the rules matched. */
export function linesToMatch(tx: Transaction, since: PlainDate): Promise<BankLine[]> {
  return tx.query(
    `select l.id, l.direction, l.amount::numeric(14,2)::text as amount, l.booked_on as date, l.reference || ' ' || l.details as words
       from payments.statement_line l
      where (l.booked_on >= $1 or not exists (select from payments.bank_claim c where c.line_id = l.id))
        and not ${A_PERSON_DECIDED}`,
    [since],
  );
}

/** Lists what the bank is to show and nobody has matched but the rules, since a day. */
export function expectedToMatch(tx: Transaction, since: PlainDate): Promise<Expected[]> {
  return tx.query(
    `select e.source, e.document_id as id, e.direction, e.amount::numeric(14,2)::text as amount,
            e.day_from as "from", e.day_due as due, e.keys
       from payments.expected_on_bank e
      where not exists (select from payments.bank_claim c join payments.statement_line l on l.id = c.line_id
                         where c.source = e.source and c.document_id = e.document_id
                           and (l.booked_on < $1 or ${A_PERSON_DECIDED}))`,
    [since],
  );
}

/** Lists matches the rules made since a day that still stand. */
export function standingMatches(tx: Transaction, since: PlainDate): Promise<StandingMatch[]> {
  return tx.query(
    `select m.id, m.line_id as "lineId", m.source, m.document_id as "documentId", m.amount::numeric(14,2)::text as amount, m.how
       from payments.bank_match m join payments.statement_line l on l.id = m.line_id
      where l.booked_on >= $1 and m.how <> 'by-hand' and not ${A_PERSON_DECIDED}
        and not exists (select from payments.bank_unmatch u where u.match_id = m.id)`,
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

/** Writes matches. @returns their numbers */
export async function insertMatches(
  tx: Transaction,
  matches: readonly (Omit<Match, 'how'> & { readonly how: FoundBy | 'by-hand' })[],
  by: { readonly userId: string; readonly note: string } | null,
): Promise<string[]> {
  if (matches.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `insert into payments.bank_match (line_id, source, document_id, amount, how, authority_id, matched_by, note)
     select m.line, m.source, m.document, m.amount, m.how, $1, $2, $3
       from unnest($4::bigint[], $5::text[], $6::bigint[], $7::numeric[], $8::text[]) as m(line, source, document, amount, how)
     returning id`,
    [
      ...[tx.actor.authorityId, by?.userId ?? null, by?.note ?? '', matches.map((match) => match.lineId)],
      ...[matches.map((match) => match.source), matches.map((match) => match.documentId)],
      ...[matches.map((match) => match.amount), matches.map((match) => match.how)],
    ],
  );
  return rows.map((row) => row.id);
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
