import fc from 'fast-check';
import { VerifyPayments } from '../../../src/payments/index.ts';
import { UnitOfWork } from '../../../src/platform/index.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';
import { spendScene } from '../../support/spend-scene.ts';
import { testHouse, type TestHouse } from '../../support/test-house.ts';

let scene: GuardScene;
let house: TestHouse;
let posted: string[];
beforeAll(async () => {
  scene = await guardScene();
  house = await testHouse();
  await spendScene(house);
  const { rows } = await house.superuser.query<{ id: string }>(
    `select id from payments.run where state = 'exported' and authority_id = $1 order by id`,
    [house.council.id],
  );
  posted = rows.map((row) => row.id);
});
afterAll(async () => {
  await scene.house.close();
  await house.close();
});

const roll = (run: string): string => `insert into payments.rolled_run (run_id, authority_id) values (${run}, {ours});`;
const HAND = `insert into payments.spend_month (fund_id, family_id, source_id, month, authority_id, payments, days, category, amount)
  select fund_id, family_id, source_id, month, authority_id, 1, 7, category, 1 from payments.spend_month limit 1`;

const POSTED_BY_HAND = `
  insert into payments.payment_order (id, run_id, family_id, instrument_id, authority_id, amount, fund_id)
    select id, run_id, family_id, instrument_id, authority_id, amount, fund_id from payments.line where run_id = {releasing} and status = 'payable';
  insert into ledger.transfer (document_id, run_id, debit_account, credit_account, effective_date, kind, authority_id, amount)
    select id, run_id, (select id from ledger.account where kind = 'spent'), (select id from ledger.account where kind = 'payable'),
           '2026-12-03', 4, authority_id, amount from payments.line where run_id = {releasing} and status = 'payable';
  insert into ledger.seal (authority_id, seq, run_id, n, total, prev_hash, hash) values ({ours}, 0, {releasing}, 0, 0, '', '');
  update payments.run set state = 'posted' where id = {releasing};`;

const attacks: Attack[] = [
  ['guard_rolled_run_is_posted', 'a run added up that is not posted', roll('{approved}')],
  ['guard_rolled_run_is_posted', 'no run added up', roll('1')],
  ['guard_rolled_run_is_posted', "another council's run added up", roll('{their_run}')],
  ['pk_spend_day', 'the same run added up twice', roll('{exported}')],
  ['permission denied', 'a sum written by hand', HAND],
  ['permission denied', 'a sum changed', `update payments.spend_month set amount = amount + 1`],
  ['permission denied', 'a day changed', `update payments.spend_day set amount = amount + 1`],
  ['permission denied', 'a day taken out', `delete from payments.spend_day`],
  ['permission denied', 'a month taken out', `delete from payments.spend_month`],
  ['permission denied', 'a run said to be added up, with another total', `update payments.rolled_run set total = 1`],
];
const asOwner: Attack[] = [
  ['guard_append_only', 'a day changed', `update payments.spend_day set amount = amount + 1`],
  ['guard_append_only', 'a run to be added up again', `delete from payments.rolled_run`],
  ['guard_append_only', 'a month taken out', `delete from payments.spend_month`],
  [
    'guard_rolled_run_is_whole',
    'a run added up with a payment it does not have',
    `insert into payments.spend_day select {releasing}, fund_id, family_id, 1, day, authority_id, 1, 7, category, 1 from payments.spend_day limit 1;` +
      POSTED_BY_HAND +
      roll('{releasing}'),
  ],
  ['pk_spend_month', 'a family twice in a month', HAND],
];

describe('Sums of spending', () => {
  itRefuses(() => scene, attacks);
});
describe('Even the owner of the schemas, in sums of spending,', () => {
  itRefuses(() => scene, asOwner, 'owner');
});

/** A family's money of a month, from the sums and what is in none yet; and from the transfers themselves. */
const SUMMED = `select family_id, source_id, fund_id, to_char(month, 'YYYY-MM') as month, sum(payments)::int as n, sum(days)::int as days, sum(amount)::text as amount from (
    select family_id, source_id, fund_id, month, payments, days, amount from payments.v_spend_month
    union all select family_id, source_id, fund_id, date_trunc('month', day)::date, 1, days, amount from payments.v_spend_unrolled) s
  group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
const TRANSFERS = `select p.family_id, p.source_id, s.fund_id, to_char(s.effective_date, 'YYYY-MM') as month, count(*)::int as n, sum(p.days)::int as days, sum(s.amount)::text as amount
    from ledger.v_spent s join payments.v_paid p on p.id = s.document_id group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
const DAYS = `select sum(amount)::text as amount, coalesce(sum(payments), 0)::int as n from payments.v_spend_day`;
const DAYS_OF_TRANSFERS = `select sum(s.amount)::text as amount, count(*)::int as n from ledger.v_spent s join payments.rolled_run r on r.run_id = s.run_id`;

describe('Sums and what is in none yet', () => {
  it('come to the transfers, to the penny and the day, whichever runs are added up, in whatever order', async () => {
    const { superuser, appClient, council } = house;
    // Behind everybody's back: as if no run was added up yet.
    await superuser.query(`set session_replication_role = replica; delete from payments.rolled_run; delete from payments.spend_day;
      delete from payments.spend_month; set session_replication_role = origin`);
    const orders = fc.shuffledSubarray(posted, { minLength: 0 });
    await fc.assert(
      fc.asyncProperty(orders, async (runs) => {
        await appClient.query('begin');
        await appClient.query(`select set_config('mainstay.authority', $1, true)`, [council.id]);
        for (const run of runs) await appClient.query(roll(run).replace('{ours}', council.id));
        const answers = [];
        for (const sql of [SUMMED, TRANSFERS, DAYS, DAYS_OF_TRANSFERS]) answers.push((await appClient.query(sql)).rows);
        await appClient.query('rollback');
        expect(posted.length).toBeGreaterThan(2);
        expect(answers[1]?.length).toBeGreaterThan(2);
        expect(answers[0]).toEqual(answers[1]);
        expect(answers[2]).toEqual(answers[3]);
      }),
      { numRuns: 25 },
    );
  });

  it('are found out by who proves the books when a sum was changed behind everybody’s back', async () => {
    const { app, superuser, council } = house;
    const faults = () =>
      app.get(UnitOfWork).read(council.actors.auditor, async (tx) => (await app.get(VerifyPayments).run(tx)).faults);
    await superuser.query('begin');
    await superuser.query(`select set_config('mainstay.authority', $1, true)`, [council.id]);
    for (const run of posted) await superuser.query(roll(run).replace('{ours}', council.id));
    await superuser.query('commit');
    expect(await faults()).toEqual([]);
    await superuser.query(
      `set session_replication_role = replica; update payments.spend_month set amount = amount + 1 where authority_id = ${council.id}; set session_replication_role = origin`,
    );
    const [first] = await faults();
    expect(first).toMatch(
      /^sums of spending of 2026-1[12]: some families' are kept as .*, and their payments come to /,
    );
  });
});
