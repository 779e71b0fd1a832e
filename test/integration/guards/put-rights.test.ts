import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
/** The scene's numbers by name, more of them as they are made. */
let names: Record<string, string>;

beforeAll(async () => {
  scene = await guardScene();
  names = scene.names;
  const { superuser, council } = scene.house;
  const paid = await superuser.query<Record<'line' | 'plan' | 'family' | 'fund' | 'amount', string>>(
    `select l.id as line, l.source_id as plan, l.family_id as family, l.fund_id as fund, l.amount::text as amount from payments.line l
       join payments.run r on r.id = l.run_id
      where r.state = 'exported' and r.kind = 'section-17' and l.status = 'payable' and l.authority_id = $1 order by l.id limit 2`,
    [council.id],
  );
  const [first, second] = paid.rows;
  Object.assign(names, first, { otherLine: second?.line, otherPlan: second?.plan });
  // A plan that no run is about to pay.
  const free = await superuser.query<Record<'freePlan' | 'freeFamily' | 'freeFund', string>>(
    `select p.id as "freePlan", p.family_id as "freeFamily", p.fund_id as "freeFund" from subsistence.plan p
      where p.pay_day = 2 and p.authority_id = $1 order by p.id limit 1`,
    [council.id],
  );
  Object.assign(names, free.rows[0]);
  names.open = await written();
});
afterAll(() => scene.house.close());

const values = (changes: Record<string, unknown>): Record<string, unknown> => ({
  ...{ authority_id: '{ours}', kind: 'not-arrived', family_id: '{family}', plan_id: '{plan}', payment_id: '{line}' },
  ...{
    fund_id: '{fund}',
    amount: '{amount}',
    reason: 'Lost',
    recorded_by: '{caseworker}',
    explanation: { backDated: [] },
  },
  ...changes,
});
const putRight = (changes: Record<string, unknown>): string => {
  const row = values(changes);
  return `insert into subsistence.put_right (${Object.keys(row).join(', ')})
    select ${Object.keys(row)
      .map((column) => `r.${column}`)
      .join(', ')} from jsonb_populate_record(null::subsistence.put_right, '${JSON.stringify(row)}'::jsonb) r;`;
};
const underpaid = (changes: Record<string, unknown> = {}): string =>
  putRight({
    ...{ kind: 'underpaid', payment_id: null, amount: '5.00' },
    ...{ plan_id: '{freePlan}', family_id: '{freeFamily}', fund_id: '{freeFund}' },
    ...{ explanation: { backDated: [{ kind: 'arrears', sevenths: '3500' }] }, ...changes },
  });
async function written(): Promise<string> {
  const { owner, council } = scene.house;
  await owner.query(`select set_config('mainstay.authority', $1, false)`, [council.id]);
  const sql = putRight({}).replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '');
  const { rows } = await owner.query<{ id: string }>(sql.replace(/;$/, ' returning id'));
  return rows[0]?.id ?? '';
}
const set = (what: string): string => `update subsistence.put_right set ${what} where id = {open};`;
const run = (changes: string): string =>
  `insert into payments.run (id, authority_id, kind, state, pay_date, entry_day, processing_day, input_day, for_document)
     select 7700, {ours}, ${changes};`;
const ITS_RUN = run(`'put-right', 'planned', '2026-11-16', '2026-11-16', '2026-11-16', '2026-11-16', {open}`);

const attacks: Attack[] = [
  ['ck_put_right_kind_is_known', 'something else put right', underpaid({ kind: 'gift' })],
  [
    'ck_put_right_pays_something',
    'nothing put right',
    underpaid({ amount: '0.00', explanation: { backDated: [{ kind: 'arrears', sevenths: '0' }] } }),
  ],
  ['ck_put_right_says_why', 'something put right without a word', underpaid({ reason: ' ' })],
  ['ck_put_right_names_its_payment', 'an underpayment that names a payment', underpaid({ payment_id: '{otherLine}' })],
  ['ck_withdrawn_put_right_says_why', 'something taken back without a word', set(`state = 'withdrawn'`)],
  ['uq_put_right_once_a_payment', 'one payment put right twice', putRight({})],
  ['uq_put_right_one_open_a_plan', 'two underpayments of a plan at a time', underpaid() + underpaid()],
  ['fk_put_right_recorded_by_a_user', 'something put right by nobody', underpaid({ recorded_by: 999_999 })],
  ['guard_put_right_is_of_its_plan', 'something put right for another family', underpaid({ plan_id: '{otherPlan}' })],
  ['guard_put_right_is_of_its_plan', 'something put right for no family', underpaid({ family_id: 999_999 })],
  ['guard_put_right_is_of_its_plan', 'something put right from another fund', underpaid({ fund_id: 999_999 })],
  ['guard_put_right_is_of_a_payment', 'a payment there never was', putRight({ payment_id: 999_999 })],
  ['guard_put_right_is_of_a_payment', 'another family’s payment', putRight({ payment_id: '{otherLine}' })],
  ['guard_put_right_is_of_a_payment', 'more than the payment', putRight({ amount: '9999.00' })],
  ['guard_put_right_adds_up', 'more than is owed', underpaid({ amount: '6.00' })],
  ['guard_put_right_adds_up', 'an underpayment nobody worked out', underpaid({ explanation: {} })],
  [
    'guard_put_right_is_in_no_run',
    'what a run is about to pay',
    `insert into subsistence.put_right (authority_id, kind, family_id, plan_id, fund_id, amount, reason, recorded_by, explanation)
       select {ours}, 'underpaid', l.family_id, l.source_id, l.fund_id, 5, 'x', {caseworker},
              '{"backDated": [{"kind": "arrears", "sevenths": "3500"}]}' from payments.line l
        where l.run_id = {priced} and l.status = 'payable' limit 1;`,
  ],
  ['guard_put_right_is_paid', 'something called paid that was not', set(`state = 'paid'`)],
  [
    'guard_states_of_put_right',
    'something taken back taken up again',
    set(`state = 'withdrawn', because = 'x'`) + set(`state = 'open'`),
  ],
  [
    'guard_put_right_is_not_on_its_way',
    'something taken back that a run is about to pay',
    ITS_RUN + set(`state = 'withdrawn', because = 'x'`),
  ],
  ['ck_emergency_run_is_for_one_award', 'a run that puts nothing right', ITS_RUN.replace('{open}', 'null')],
  ['uq_emergency_run_once_a_day', 'two runs for one thing put right', ITS_RUN + ITS_RUN.replace('7700', '7701')],
  [
    'ck_run_days_are_in_order',
    'a run that puts right tomorrow',
    run(`'put-right', 'planned', '2026-11-17', '2026-11-17', '2026-11-16', '2026-11-16', {open}`),
  ],
];

/** What only the owner could try: the application may not write there. */
const asOwner: Attack[] = [['guard_put_right_says_what_it_said', 'more than was written down', set(`amount = 900`)]];

/** A line of the run for what is put right, or like it. */
const line = (changes: Record<string, unknown>): string =>
  ITS_RUN +
  `alter table payments.run disable trigger user; update payments.run set state = 'pricing' where id = 7700;` +
  copyOf('payments.line', 'id = {line}', {
    ...{
      run_id: 7700,
      source_id: '{open}',
      covers_from: '2026-11-16',
      covers_to: '2026-11-17',
      rail: 'faster-payments',
    },
    ...changes,
  }) +
  ';';

describe('Something put right', () => {
  itRefuses(() => scene, attacks);
  itRefuses(() => scene, [...attacks, ...asOwner], 'owner');
  itRefuses(
    () => scene,
    [
      ['guard_line_is_what_is_put_right', 'another amount', line({ amount: '9.99' })],
      ['guard_line_is_what_is_put_right', 'another thing', line({ source_id: '{otherPlan}' })],
      ['guard_line_is_what_is_put_right', 'something taken back', set(`state = 'withdrawn', because = 'x'`) + line({})],
      ['guard_line_pays_the_familys_account', 'a same-day payment by a slow rail', line({ rail: 'bacs' })],
      [
        'guard_line_is_what_is_put_right',
        'it twice',
        `${line({})}${ITS_RUN.replace('7700', '7702').replaceAll("'2026-11-16'", "'2026-11-18'")}
         update payments.run set state = 'pricing' where id = 7702;
         ${copyOf('payments.line', 'run_id = 7700', { run_id: 7702, covers_from: '2026-11-18', covers_to: '2026-11-19' })};`,
      ],
    ],
    'owner',
  );

  it('is accepted once, as it was written down', async () => {
    expect(await scene.attack(line({}), 'owner')).toBe('accepted');
  });

  it('is not paid again when the payment comes back after all [guard_put_right_is_not_paid_again]', async () => {
    const back = `alter table payments.returned_payment disable trigger user; alter table payments.reissue disable trigger user;
      alter table payments.reissue enable trigger guard_put_right_is_not_paid_again;
      insert into payments.returned_payment select r.* from jsonb_populate_record(null::payments.returned_payment,
        jsonb_build_object('id', 7800, 'authority_id', {ours}, 'order_id', {line}, 'family_id', {family}, 'amount', {amount})) r;
      insert into payments.reissue select r.* from jsonb_populate_record(null::payments.reissue,
        jsonb_build_object('id', 7801, 'authority_id', {ours}, 'return_id', 7800)) r;`;
    const loose = `do $$ declare c record; begin for c in select conname, conrelid::regclass::text as t from pg_constraint
        where conrelid in ('payments.returned_payment'::regclass, 'payments.reissue'::regclass) and contype = 'c'
        loop execute format('alter table %s drop constraint %I', c.t, c.conname); end loop;
      for c in select attname, attrelid::regclass::text as t from pg_attribute where attnum > 0 and attnotnull and not attisdropped
          and attrelid in ('payments.returned_payment'::regclass, 'payments.reissue'::regclass) and attname <> 'id'
        loop execute format('alter table %s alter column %I drop not null', c.t, c.attname); end loop; end $$;`;
    expect(await scene.attack(loose + back, 'owner')).toBe('guard_put_right_is_not_paid_again');
  });
});
