import { copyOf } from '../../support/attack.ts';
import { grantsGuardScene } from '../../support/grants-guard-scene.ts';
import { type Attack, type GuardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await grantsGuardScene();
});
afterAll(() => scene.house.close());

const catalogue = (changes: Record<string, unknown>): string =>
  copyOf('grants.catalogue_item', `code = 'food'`, { code: 'other-food', ...changes });
const item = (changes: Record<string, unknown>, of = 'draft'): string =>
  copyOf('grants.item', `application_id = {${of}}`, changes);
const application = (changes: Record<string, unknown>): string => copyOf('grants.application', 'id = {draft}', changes);
const check = (set: string): string =>
  `update grants.check_result set ${set} where application_id = {approved} and kind = 'identity'`;
const award = (changes: Record<string, unknown>): string =>
  copyOf('grants.award', 'application_id = {approved}', changes);
const AWARD = `(select id from grants.award where application_id = {approved})`;
const instalment = (changes: Record<string, unknown>): string => copyOf('grants.instalment', `state = 'due'`, changes);
/** The last instalment, which stands in no run. */
const LAST = `(select id from grants.instalment where state = 'due' order by due_on desc limit 1)`;
/** The one that stands in a run that is open. */
const ON_ITS_WAY = `(select source_id from payments.line where run_id = {open_run} and status = 'payable' limit 1)`;
const account = (kind: string): string => `(select id from ledger.account where kind = '${kind}' and fund_id = {fund})`;
const REQUEST = `(select approval_id from grants.application where id = {approved})`;
const transfer = (kind: number, from: string, to: string, leg: string, amount = '20'): string =>
  `insert into ledger.transfer (document_id, debit_account, credit_account, effective_date, kind, leg, authority_id, amount)
   values (${REQUEST}, ${account(from)}, ${account(to)}, '2026-11-16', ${kind}, ${leg}, {ours}, ${amount})`;
const legOf = (which: string): string => `(select leg from grants.instalment where id = ${which})`;
const PAID = `(select id from grants.instalment where state = 'paid' order by amount limit 1)`;
const line = (changes: string): string =>
  `update payments.run set state = 'pricing' where id = {open_run};
   insert into payments.line (authority_id, run_id, source_id, family_id, instrument_id, fund_id, covers_from, covers_to, amount,
     owed_sevenths, carry_sevenths, status, reserved_by, reserved_leg, explanation, input_fingerprint)
   select l.authority_id, l.run_id, i.id, l.family_id, l.instrument_id, l.fund_id, i.due_on, i.due_on + 1, ${changes},
     explanation, input_fingerprint from (select * from payments.line where run_id = {open_run} and status = 'payable' limit 1) l, grants.instalment i
    where i.id = `;
/** Another run that is being priced, and a line written into it. */
const newRun = (kind: string): string =>
  `insert into payments.run (authority_id, kind, state, pay_date, entry_day, processing_day, input_day)
   values ({ours}, '${kind}', 'planned', '2026-12-04', '2026-12-04', '2026-12-03', '2026-12-02');
   update payments.run set state = 'pricing' where pay_date = '2026-12-04';`;
const inRun = (sql: string): string =>
  (sql.split(';').at(-1) ?? '').replace(
    'l.run_id, i.id',
    `(select id from payments.run where pay_date = '2026-12-04'), i.id`,
  );

const putForward = (values: string): string =>
  `insert into grants.put_forward (application_id, authority_id, fingerprint, content) values (${values});`;
describe('What was put forward', () => {
  itRefuses(
    () => scene,
    [
      ['ck_put_forward_has_its_fingerprint', 'half a fingerprint', putForward(`{draft}, {ours}, 'x', '{}'`)],
      ['ck_put_forward_says_something', 'nothing put forward', putForward(`{draft}, {ours}, sha256('x'), '1'`)],
      [
        'pk_put_forward',
        'two contents of one fingerprint',
        putForward(`{draft}, {ours}, sha256('x'), '{}'`) + putForward(`{draft}, {ours}, sha256('x'), '{}'`),
      ],
      ['fk_put_forward_of_an_application', 'of no application', putForward(`999999, {ours}, sha256('x'), '{}'`)],
      ['permission denied', 'a content rewritten', `update grants.put_forward set content = '{}'`],
    ],
  );
  itRefuses(() => scene, [['guard_append_only', 'emptying of it', 'truncate grants.put_forward']], 'owner');
});

describe('An application and its items', () => {
  itRefuses(
    () => scene,
    [
      ['ck_catalogue_code_is_plain', 'a code nobody can type', catalogue({ code: 'Füd!' })],
      ['ck_catalogue_item_has_a_name', 'an item without a name', catalogue({ name: ' ' })],
      ['ck_catalogue_category_is_plain', 'a category that is a formula', catalogue({ category: '=1+1' })],
      ['ck_guide_amount_is_positive', 'a guide of nothing', catalogue({ guide_amount: 0 })],
      ['uq_catalogue_code', 'the same code twice', catalogue({ code: 'bed' })],
      ['ck_item_amount_is_positive', 'an item for nothing', item({ amount: 0 })],
      ['ck_gbp_has_at_most_two_decimals', 'a tenth of a penny', item({ amount: 0.001 })],
      ['ck_item_category_is_plain', 'an item of no category', item({ category: '' })],
      ['ck_item_has_a_description', 'an item that says nothing', item({ description: ' ' })],
      ['ck_item_has_one_to_24_instalments', 'no instalment', item({ instalments: 0 })],
      ['ck_item_has_one_to_24_instalments', 'years of instalments', item({ instalments: 25 })],
      ['ck_item_rhythm_is_known', 'an instalment every three days', item({ every_days: 3 })],
      [
        'ck_item_is_awarded_at_most_what_was_asked',
        'an award of more than was asked',
        'update grants.item set awarded = amount + 0.01 where application_id = {recommended}',
      ],
      [
        'ck_item_is_awarded_at_most_what_was_asked',
        'an award below nought',
        'update grants.item set awarded = -1 where application_id = {recommended}',
      ],
      [
        'guard_item_is_awarded_with_the_decision',
        'another amount after the decision',
        'update grants.item set awarded = 1 where application_id = {approved}',
      ],
      [
        'guard_items_change_in_a_draft',
        'another amount while a manager looks at it',
        'update grants.item set amount = amount + 1 where application_id = {recommended}',
      ],
      ['guard_items_change_in_a_draft', 'another item after the award', item({}, 'approved')],
      [
        'guard_item_payee_is_the_familys',
        "another family's payee",
        `with theirs as (select id from families.instrument where family_id = {family_approved} limit 1)
         update grants.item set instrument_id = theirs.id from theirs where application_id = {draft}`,
      ],
      ['ck_conflict_is_answered_yes_or_no', 'a conflict that is perhaps one', application({ conflict: 'maybe' })],
      ['ck_declared_conflict_says_what', 'a conflict without words', application({ conflict: 'yes' })],
      [
        'ck_recommended_application_says_why',
        'a recommendation without words',
        `update grants.application set recommendation = '' where id = {recommended}`,
      ],
      [
        'ck_declined_application_says_why',
        'a refusal without reasons',
        `update grants.application set decision_reason = ' ' where id = {declined}`,
      ],
      ['fk_application_of_a_family', 'a family that is not there', application({ family_id: 999999 })],
      ['guard_application_fund_pays_grants', 'a fund that is not there', application({ fund_id: 999999 })],
      [
        'guard_application_fund_pays_grants',
        'a fund for section 17 alone',
        `update grants.application set fund_id = (select id from funds.fund where code = 'section-17') where id = {draft}`,
      ],
      ['fk_application_approval', 'an approval that is not there', application({ approval_id: 999999 })],
      ['fk_application_recommended_by_a_user', 'nobody who recommends', application({ recommended_by: 999999 })],
      ['fk_application_decided_by_a_user', 'nobody who decides', application({ decided_by: 999999 })],
      [
        'guard_application_keeps_its_family',
        "another family's application",
        'update grants.application set family_id = {family_declined} where id = {draft}',
      ],
      [
        'guard_application_stands_as_recommended',
        'another need while a manager looks at it',
        `update grants.application set need = 'More' where id = {recommended}`,
      ],
      [
        'guard_application_state_follows_decision',
        'an award nobody decided',
        `update grants.application set state = 'awarded' where id = {recommended}`,
      ],
      [
        'guard_application_state_follows_decision',
        'a refusal nobody signed',
        `update grants.application set state = 'declined', decision_reason = 'No', decided_by = {manager} where id = {recommended}`,
      ],
      [
        'guard_states_of_application',
        'a decided application handed in again',
        `update grants.application set state = 'submitted' where id = {declined}`,
      ],
      [
        'permission denied',
        'who touched it to be written by hand',
        `insert into grants.touch values ({ours}, {draft}, {manager})`,
      ],
    ],
  );
  itRefuses(
    () => scene,
    [
      ['guard_append_only', 'who touched it to be forgotten', 'delete from grants.touch'],
      ['guard_append_only', 'an item to be thrown away', 'delete from grants.item'],
      [
        'guard_decider_did_not_touch_the_application',
        'a decision by somebody who wrote on it',
        `insert into grants.touch values ({ours}, {changes_asked}, {manager});
         update grants.application set state = 'draft' where id = {changes_asked};
         update grants.application set state = 'submitted' where id = {changes_asked};
         update grants.application set state = 'recommended' where id = {changes_asked};
         update grants.application set state = 'changes_asked' where id = {changes_asked}`,
      ],
    ],
    'owner',
  );
});

describe('A payee other than the family', () => {
  const details = (changes: Record<string, unknown>): string =>
    copyOf('families.instrument', `family_id = {family_approved}`, {
      state: 'proposed',
      approved_by: null,
      approved_on: null,
      usable_from: null,
      ...changes,
    });
  itRefuses(
    () => scene,
    [
      ['ck_third_party_has_a_name', 'a payee without a name', details({ kind: 'third-party' })],
      [
        'ck_third_party_has_a_name',
        'an account of the family in another name',
        details({ payee_name: 'A landlord', cool_off_days: 9 }),
      ],
      [
        'guard_line_is_its_instalment',
        'section 17 paid to somebody else',
        `${details({ kind: 'third-party', payee_name: 'A landlord', id: 900001 })};
         update families.instrument set state = 'approved', approved_by = {manager}, approved_on = '2026-11-16', usable_from = '2026-11-16'
          where id = 900001;
         ${newRun('section-17')}
         insert into payments.line (authority_id, run_id, source_id, family_id, instrument_id, fund_id, covers_from, covers_to, amount,
           owed_sevenths, carry_sevenths, status, explanation, input_fingerprint)
         select {ours}, (select id from payments.run where pay_date = '2026-12-04'), p.id, p.family_id, 900001, p.fund_id, p.paid_up_to,
           p.paid_up_to + 7, 10, 7000, 0, 'payable', '{}', sha256('') from subsistence.plan p where p.family_id = {family_approved}`,
      ],
    ],
  );
});

describe('The checks before an award', () => {
  itRefuses(
    () => scene,
    [
      ['ck_check_outcome_is_known', 'a check that nearly passed', check(`outcome = 'nearly'`)],
      ['ck_check_says_why', 'a check without a reason', check(`reason = ''`)],
      [
        'ck_only_what_needs_a_person_is_resolved',
        'a failure written away',
        check(`outcome = 'fail', resolved_by = {caseworker}, resolved_note = 'Fine'`),
      ],
      [
        'ck_resolved_check_has_a_note',
        'a person who found nothing to say',
        check(`outcome = 'person', resolved_by = {caseworker}, resolved_note = ' '`),
      ],
      [
        'fk_check_resolved_by_a_user',
        'nobody who found it',
        check(`outcome = 'person', resolved_by = 999999, resolved_note = 'x'`),
      ],
      ['fk_check_of_an_application', 'a check of nothing', check('application_id = 999999')],
      ['pk_check_result', 'a check twice', copyOf('grants.check_result', 'application_id = {approved}', {}, false)],
      ...(['fail', 'person'] as const).map((outcome): Attack => [
        'guard_award_passed_its_checks',
        `an award while a check says ${outcome}`,
        `${check(`outcome = '${outcome}'`)}; ${award({})}`,
      ]),
    ],
  );
});

describe('An award and its instalments', () => {
  itRefuses(
    () => scene,
    [
      ['guard_award_is_approved', 'an award nobody approved', award({ application_id: '{recommended}' })],
      ['guard_award_is_approved', 'an award above what was approved', award({ amount: 300.01 })],
      ['ck_award_is_positive', 'an award of nothing', award({ amount: 0 })],
      ['uq_award_once_an_application', 'the same award twice', award({})],
      [
        'guard_award_stands_as_decided',
        'a larger award later',
        `update grants.award set amount = 500 where id = ${AWARD}`,
      ],
      [
        'guard_states_of_award',
        'an award that was closed and lives',
        `update grants.award set state = 'closed' where id = ${AWARD}; update grants.award set state = 'active' where id = ${AWARD}`,
      ],
      ['guard_instalment_is_of_its_award', 'an instalment of another fund', instalment({ fund_id: 999999, leg: 99 })],
      [
        'guard_instalment_is_of_its_award',
        'an instalment to another payee',
        instalment({ instrument_id: 999999, leg: 99 }),
      ],
      ['ck_instalment_is_positive', 'an instalment of nothing', instalment({ amount: 0, leg: 99 })],
      ['uq_instalment_once_a_leg', 'an instalment twice', instalment({})],
      ['guard_award_is_its_instalments', 'an instalment nobody awarded', instalment({ leg: 99 })],
      [
        'guard_instalment_stands_as_awarded',
        'an instalment that grew',
        `update grants.instalment set amount = amount + 1 where id = ${LAST}`,
      ],
      [
        'guard_instalment_on_its_way_stands',
        'what stands in a run to be cancelled',
        `update grants.instalment set state = 'cancelled' where id = ${ON_ITS_WAY}`,
      ],
      [
        'guard_award_is_in_the_ledger',
        'an instalment cancelled and its money kept',
        `update grants.instalment set state = 'cancelled' where id = ${LAST}`,
      ],
      [
        'guard_paid_instalment_is_posted',
        'an instalment that says it is paid',
        `update grants.instalment set state = 'paid' where id = ${LAST}`,
      ],
      [
        'guard_states_of_instalment',
        'a paid instalment due again',
        `update grants.instalment set state = 'due' where id = ${PAID}`,
      ],
    ],
  );
});

describe('The money of an award', () => {
  itRefuses(
    () => scene,
    [
      [
        'guard_transfer_is_its_instalment',
        'more reserved than was awarded',
        transfer(2, 'available', 'committed', '99'),
      ],
      [
        'guard_transfer_is_its_instalment',
        'a part freed that is still owed',
        transfer(3, 'committed', 'available', legOf(LAST)),
      ],
      [
        'guard_transfer_is_its_instalment',
        'a part used that is in no run',
        transfer(5, 'committed', 'used', legOf(LAST)),
      ],
      [
        'guard_transfer_is_its_instalment',
        'a part used in another amount',
        transfer(5, 'committed', 'used', legOf(LAST), '19'),
      ],
      [
        'guard_transfer_is_its_instalment',
        'what was paid to be freed',
        transfer(3, 'committed', 'available', legOf(PAID), `(select amount from grants.instalment where id = ${PAID})`),
      ],
      ['pk_transfer', 'a part reserved twice', transfer(2, 'available', 'committed', legOf(LAST))],
      [
        'guard_line_is_its_instalment',
        'a line of another amount',
        `${line("i.amount + 1, 0, 0, 'payable', i.approval_id, i.leg")} ${LAST}`,
      ],
      [
        'guard_line_is_its_instalment',
        'a line before its day',
        `${line("i.amount, 0, 0, 'payable', i.approval_id, i.leg")} ${LAST}`,
      ],
      [
        'guard_line_is_its_instalment',
        'a line from no reservation',
        `${line("i.amount, 0, 0, 'payable', null, null")} ${LAST}`,
      ],
      [
        'guard_line_is_its_instalment',
        'a line of what was paid',
        `${line("i.amount, 0, 0, 'payable', i.approval_id, null::smallint")} ${LAST}`.replace('null::smallint', '0'),
      ],
      [
        'ck_line_names_its_whole_reservation',
        'half a reservation',
        `${line("i.amount, 0, 0, 'payable', i.approval_id, null")} ${LAST}`,
      ],
      [
        'uq_line_instalment_paid_once',
        'an instalment on two lines',
        `${newRun('grants')} ${inRun(`${line("i.amount, 0, 0, 'payable', i.approval_id, i.leg")} ${ON_ITS_WAY}`).replace('i.due_on, i.due_on + 1', 'i.due_on + 1, i.due_on + 2')}`,
      ],
      [
        'guard_posted_grants_used_their_reservations',
        'a run posted that used nothing',
        `update payments.run set state = 'posted' where id = {open_run}`,
      ],
      [
        'guard_line_is_its_instalment',
        'an instalment in a run of section 17',
        `${newRun('section-17')} ${inRun(`${line("i.amount, 0, 0, 'payable', i.approval_id, i.leg")} ${LAST}`)}`,
      ],
    ],
  );
});
