import type { PlainDate } from '../../../kernel/index.ts';
import type { Transaction } from '../../../platform/index.ts';

/** What may not tie: a line nothing is matched to, something the bank has not shown, a gap between statements. */
export const exceptionKinds = ['line', 'expected', 'gap'] as const;
/** Names a kind of exception. */
export type ExceptionKind = (typeof exceptionKinds)[number];

/** Something that does not tie, with who looks after it. */
export interface BankException {
  readonly kind: ExceptionKind;
  readonly subjectId: string;
  readonly what: string;
  readonly direction: 'debit' | 'credit' | null;
  readonly amount: string;
  readonly since: PlainDate;
  readonly daysOld: number;
  readonly ownerId: string | null;
  readonly note: string;
}

/** Days after it was due before something the bank has not shown is an exception: a day's delay is none. */
const GRACE_DAYS = 1;

/** Statements of an account that do not follow one another: by balance, or by the bank's own count. */
const GAPS = `
  select s.id, s.account, s.from_day, s.imported_by, s.opening - s.was as amount,
         case when s.opening <> s.was then 'It opens with another balance than the statement before closed with'
              else 'The bank’s numbers jump from ' || s.before || ' to ' || s.sequence end as what
    from (select s.id, s.account, s.from_day, s.opening, s.sequence, f.imported_by,
                 lag(s.closing) over w as was, lag(s.sequence) over w as before, lag(s.to_day) over w as day_before, s.to_day
            from payments.bank_statement s join payments.statement_file f on f.id = s.file_id
          window w as (partition by s.account order by s.to_day, s.from_day, coalesce(s.sequence, 0), s.id)) s
   where s.opening <> s.was
      or (extract(year from s.to_day) = extract(year from s.day_before) and s.sequence > s.before + 1)`;

const ALL = `
  select 'line' as kind, l.id as subject_id, coalesce(nullif(l.reference, ''), 'No reference') as what, l.direction,
         l.amount - coalesce(c.amount, 0) as amount, l.booked_on as since, f.imported_by as usual
    from payments.statement_line l join payments.bank_statement s on s.id = l.statement_id join payments.statement_file f on f.id = s.file_id
    left join (select line_id, sum(amount) as amount from payments.bank_claim group by 1) c on c.line_id = l.id
   where l.amount <> coalesce(c.amount, 0)
  union all
  select 'expected', e.document_id, e.label, e.direction, e.amount - coalesce(c.amount, 0), e.day_due, r.released_by
    from payments.expected_on_bank e left join payments.run r on r.id = e.run_id
    left join (select source, document_id, sum(amount) as amount from payments.bank_claim group by 1, 2) c
      on c.source = e.source and c.document_id = e.document_id
   where e.amount <> coalesce(c.amount, 0) and e.day_due + ${GRACE_DAYS} < kernel.today()
  union all
  select 'gap', g.id, g.what, null, abs(g.amount), g.from_day, g.imported_by from (${GAPS}) g`;

/** Lists what does not tie, the oldest first, each with who looks after it: whoever said so last, or whoever it came from. */
export function bankExceptions(tx: Transaction, page: { offset: number; limit: number }): Promise<BankException[]> {
  return tx.query(
    `select x.kind, x.subject_id as "subjectId", x.what, x.direction, x.amount::numeric(14,2)::text as amount, x.since,
            kernel.today() - x.since as "daysOld", coalesce(o.owner_id, x.usual) as "ownerId", coalesce(o.note, '') as note
       from (${ALL}) x left join lateral (select o.owner_id, o.note from payments.bank_exception_owner o
            where o.kind = x.kind and o.subject_id = x.subject_id order by o.id desc limit 1) o on true
      order by x.since, x.kind, x.subject_id offset $1 limit $2`,
    [page.offset, page.limit],
  );
}

/** Counts what does not tie, by kind. */
export async function countExceptions(tx: Transaction): Promise<Record<ExceptionKind, number>> {
  const rows = await tx.query<{ kind: ExceptionKind; n: number }>(
    `select x.kind, count(*)::int as n from (${ALL}) x group by 1`,
  );
  const found = new Map(rows.map((row) => [row.kind, row.n]));
  const of = (kind: ExceptionKind): number => found.get(kind) ?? 0;
  return { line: of('line'), expected: of('expected'), gap: of('gap') };
}

/** Counts gaps between statements up to a day. */
export async function gapsUpTo(tx: Transaction, day: PlainDate): Promise<number> {
  return (await tx.one<{ n: number }>(`select count(*)::int as n from (${GAPS}) g where g.from_day <= $1`, [day])).n;
}
