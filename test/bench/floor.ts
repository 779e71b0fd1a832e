import type pg from 'pg';
import type { Meter } from './meter.ts';

const BARE_TABLES = `
  create schema floor authorization mainstay_owner;
  set role mainstay_owner;
  create table floor.source (n bigint primary key, family_id bigint not null, account_id int not null, amount numeric(14,2) not null, pay_date date not null);
  create table floor.payment (id bigint primary key, family_id bigint not null, amount numeric(14,2) not null, pay_date date not null);
  create table floor.transaction (id bigint primary key, payment_id bigint not null, posted_at timestamptz not null);
  create table floor.entry (id bigint primary key, transaction_id bigint not null, account_id int not null, amount numeric(14,2) not null);
  reset role`;

/** The three inserts that cannot be left out, whoever writes the ledger. */
const INSERTS = [
  `insert into floor.payment select n, family_id, amount, pay_date from floor.source`,
  `insert into floor.transaction select n, n, now() from floor.source`,
  `insert into floor.entry select n * 2 - side, n, case side when 0 then account_id else 1 end, case side when 0 then -amount else amount end
     from floor.source cross join generate_series(0, 1) side`,
];

/** Makes the bare tables, and a source that holds exactly the payable lines of a run. */
export async function makeFloor(sql: pg.Client, runId: string): Promise<void> {
  await sql.query(BARE_TABLES);
  await sql.query(
    `insert into floor.source select row_number() over (order by l.id), l.family_id, 2, l.amount, r.pay_date
       from payments.line l join payments.run r on r.id = l.run_id where l.run_id = $1 and l.status = 'payable'`,
    [runId],
  );
  await sql.query('vacuum analyze floor.source');
}

/** Times three set-based inserts into bare tables, in one transaction. */
export async function timeFloor(sql: pg.Client, meter: Meter): Promise<{ ms: number; walBytes: number }> {
  await sql.query('truncate floor.payment, floor.transaction, floor.entry');
  return meter.timed(async () => {
    await sql.query('begin');
    for (const insert of INSERTS) await sql.query(insert);
    await sql.query('commit');
  });
}
