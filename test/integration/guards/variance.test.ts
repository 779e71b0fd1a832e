import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

/** SQL that writes a difference of the priced run, with some columns as the attack wants them. */
function difference(changes: Record<string, string> = {}): string {
  const row = {
    ...{ authority_id: '{ours}', run_id: '{priced}', round: '1', source_id: '900001', family_id: '900002' },
    ...{ line_id: '900003', kinds: `'{more}'`, before_amount: '10.00', now_amount: '12.00', ...changes },
  };
  return `insert into payments.variance (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}

const attacks: Attack[] = [
  ['ck_variance_kinds_are_known', 'a difference of a kind nobody knows', difference({ kinds: `'{more,odd}'` })],
  ['ck_variance_kinds_are_known', 'a difference that is none', difference({ kinds: `'{}'`, now_amount: '10.00' })],
  ['ck_new_payment_has_none_before', 'a new payment that was paid before', difference({ kinds: `'{new,more}'` })],
  [
    'ck_new_payment_has_none_before',
    'an old payment with none before',
    difference({ before_amount: 'null', kinds: `'{payee}'` }),
  ],
  ['ck_stopped_payment_has_no_line', 'a stopped payment that is paid', difference({ kinds: `'{stopped,more}'` })],
  [
    'ck_stopped_payment_has_no_line',
    'a stopped payment with an amount',
    difference({ kinds: `'{stopped}'`, line_id: 'null', now_amount: '10.00' }),
  ],
  ['ck_variance_goes_the_way_it_says', 'less called more', difference({ now_amount: '9.00' })],
  ['ck_variance_goes_the_way_it_says', 'more not called so', difference({ kinds: `'{payee}'` })],
  ['ck_gbp_has_at_most_two_decimals', 'a third decimal', difference({ now_amount: '12.005' })],
  ['pk_variance', 'one family counted twice', difference() + difference()],
  ['fk_variance_of_a_run', 'a difference of no run', difference({ run_id: '999999' })],
  ['fk_variance_of_a_run', "a difference of another council's run", difference({ run_id: '{their_run}' })],
  [
    'row-level security',
    'a difference in another council',
    difference({ authority_id: '{theirs}', run_id: '{their_run}' }),
  ],
  ['permission denied', 'a difference talked down', `update payments.variance set before_amount = 1`],
  ['permission denied', 'a difference taken away', `delete from payments.variance`],
];

describe('The database', () => {
  itRefuses(() => scene, attacks);
  itRefuses(
    () => scene,
    [['guard_append_only', 'a difference talked down by the owner', `update payments.variance set before_amount = 1`]],
    'owner',
  );

  it('takes a difference that is one', async () => {
    expect(await scene.attack(difference())).toBe('accepted');
    const stopped = { kinds: `'{stopped}'`, line_id: 'null', now_amount: 'null' };
    expect(await scene.attack(difference(stopped))).toBe('accepted');
  });
});
