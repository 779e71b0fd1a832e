import type pg from 'pg';

/** What is in a council's books, told by what it means and not by numbers: two councils with the same say the same. */
export interface BooksByMeaning {
  readonly balances: readonly string[];
  readonly transfers: readonly string[];
  readonly matches: readonly string[];
  readonly files: readonly string[];
  readonly returns: readonly string[];
}

const PAID = `select o.id, 'payment of ' || f.reference as what from payments.payment_order o join families.family f on f.id = o.family_id`;
const LINE = `to_char(l.booked_on, 'YYYY-MM-DD') || ' ' || l.direction || ' ' || l.amount::numeric(14,2) || ' ' || l.reference || l.details`;
const RETURN = `select r.id, 'return of ' || f.reference as what from payments.returned_payment r join families.family f on f.id = r.family_id`;
const FILE = `select b.id, 'file by ' || b.rail as what from payments.export_file b`;
const MATCHED = `select m.id, (${LINE}) || ' was for ' || coalesce(x.what, y.what) as what
  from payments.bank_match m join payments.statement_line l on l.id = m.line_id
  left join (${FILE}) x on m.source = 'file' and x.id = m.document_id
  left join (${RETURN}) y on m.source = 'return' and y.id = m.document_id`;
/** Every document by what it is; what is taken back is what it takes back. */
const DOCUMENTS = `${PAID} union all ${RETURN} union all ${FILE} union all ${MATCHED}
  union all select u.id, m.what from payments.bank_unmatch u join (${MATCHED}) m on m.id = u.match_id
  union all select s.id, 'statement of ' || s.from_day || ' to ' || s.to_day from payments.bank_statement s`;

/** What the rules matched in one round is posted by day: here it is told match by match. */
const OF_A_ROUND = `select m.id, m.amount from payments.bank_day_sum s join payments.bank_match m on m.round_id = s.document_id
    join payments.statement_line l on l.id = m.line_id and l.booked_on = s.booked_on and l.direction = s.direction
   where s.source = 'round' and s.document_id = t.document_id and s.leg = t.leg
     and s.direction = case k.name when 'settle' then 'debit' else 'credit' end`;

/** Reads a council's books by meaning, as whoever may see everything. What was done and taken back is as if it never was. */
export async function booksByMeaning(superuser: pg.Client, authorityId: string): Promise<BooksByMeaning> {
  const list = async (sql: string): Promise<string[]> => {
    const { rows } = await superuser.query<{ said: string }>(sql, [authorityId]);
    return rows.map(({ said }) => said).toSorted((a, b) => (a < b ? -1 : 1));
  };
  return {
    balances: await list(
      `select a.code || ' ' || (b.debits - b.credits)::numeric(14,2) as said from ledger.balance b join ledger.account a on a.id = b.account_id
        where a.authority_id = $1`,
    ),
    transfers: await list(
      `select said || ' ' || sum(signed)::numeric(14,2) as said from (
         select regexp_replace(k.name, '^un', '') || ' ' || coalesce(d.what, '') || ' on ' || t.effective_date as said,
                case when k.name like 'un%' then -1 else 1 end * coalesce(r.amount, t.amount) as signed
           from ledger.transfer t join ledger.transfer_kind k on k.code = t.kind left join lateral (${OF_A_ROUND}) r on true
           left join (${DOCUMENTS}) d on d.id = coalesce(r.id, t.document_id)
          where t.authority_id = $1) all_of_them
       group by said having sum(signed) <> 0`,
    ),
    matches: await list(
      `select d.what || ' ' || m.amount::numeric(14,2) as said from payments.bank_match m join (${MATCHED}) d on d.id = m.id
        where m.authority_id = $1 and not exists (select from payments.bank_unmatch u where u.match_id = m.id)`,
    ),
    files: await list(
      `select f.rail || ' ' || b.state || ' ' || coalesce(b.settled_on::text, '') || case when b.shown_by is null then '' else ' shown' end as said
         from payments.bank_file b join payments.export_file f on f.id = b.id where b.authority_id = $1`,
    ),
    returns: await list(
      `select r.code || ' ' || r.state || ' ' || d.what as said from payments.returned_payment r join (${RETURN}) d on d.id = r.id where r.authority_id = $1`,
    ),
  };
}
