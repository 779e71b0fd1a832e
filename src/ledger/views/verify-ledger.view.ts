import type { Transaction } from '../../platform/index.ts';

const SIDES = `
  select debit_account as account_id, effective_date as day, sum(amount) as debits, 0::numeric as credits, count(*) as n
    from ledger.transfer group by 1, 2
  union all
  select credit_account, effective_date, 0, sum(amount), count(*) from ledger.transfer group by 1, 2`;

/** Proves the ledger for an auditor: balances and roll-ups against every transfer, sides equal, seals as sealed. */
export async function verifyLedger(tx: Transaction): Promise<{ transfers: string; seals: string; faults: string[] }> {
  const faults = [...(await balanceFaults(tx)), ...(await rollupFaults(tx)), ...(await sealFaults(tx))];
  const n = await tx.one<{ transfers: string; seals: string }>(
    `select (select count(*) from ledger.transfer) as transfers, (select count(*) from ledger.seal) as seals`,
  );
  return { ...n, faults };
}

async function balanceFaults(tx: Transaction): Promise<string[]> {
  const wrong = await tx.query<{ code: string; said: string; found: string }>(
    `select a.code, coalesce(b.debits || '/' || b.credits, 'nothing') as said, (coalesce(t.debits, 0) || '/' || coalesce(t.credits, 0)) as found
       from ledger.account a left join ledger.balance b on b.account_id = a.id
       left join (select account_id, sum(debits) as debits, sum(credits) as credits from (${SIDES}) s group by 1) t on t.account_id = a.id
      where b.debits is distinct from coalesce(t.debits, 0) or b.credits is distinct from coalesce(t.credits, 0) order by a.code`,
  );
  return wrong.map((each) => `balance of ${each.code} says ${each.said}, its transfers say ${each.found}`);
}

async function rollupFaults(tx: Transaction): Promise<string[]> {
  const wrong = await tx.query<{ code: string; day: string }>(
    `select a.code, coalesce(r.day, t.day)::text as day
       from (select account_id, day, sum(debits) as debits, sum(credits) as credits, sum(n) as n from (${SIDES}) s group by 1, 2) t
       full join ledger.day_rollup r on r.account_id = t.account_id and r.day = t.day
       join ledger.account a on a.id = coalesce(r.account_id, t.account_id)
      where r.debits is distinct from t.debits or r.credits is distinct from t.credits or r.n is distinct from t.n
      order by 2, 1 limit 50`,
  );
  return wrong.map((each) => `day roll-up of ${each.code} on ${each.day} does not equal its transfers`);
}

async function sealFaults(tx: Transaction): Promise<string[]> {
  const wrong = await tx.query<{ run_id: string; what: string }>(
    `select run_id, what from (
       select s.run_id, s.seq, case
         when s.n <> d.n or s.total <> d.total or s.hash <> sha256(s.prev_hash || d.digest) then 'does not seal what is in the ledger now'
         when s.prev_hash <> lag(s.hash, 1, sha256('')) over (order by s.seq) then 'does not follow the seal before it'
         when s.seq <> row_number() over (order by s.seq) then 'comes after a gap' end as what
       from ledger.seal s cross join lateral ledger.run_digest(s.run_id) d) checked where what is not null order by seq`,
  );
  const unsealed = await tx.query<{ run_id: string }>(
    `select distinct t.run_id from ledger.transfer t left join ledger.seal s on s.run_id = t.run_id where t.kind = 4 and s.run_id is null`,
  );
  return [
    ...wrong.map((each) => `the seal of run ${each.run_id} ${each.what}`),
    ...unsealed.map((each) => `run ${each.run_id} has payments and no seal`),
  ];
}
