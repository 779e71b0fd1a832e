import { copyOf } from '../../support/attack.ts';
import { type GuardScene, itRefuses } from '../../support/guard-scene.ts';
import { reviewsGuardScene } from '../../support/reviews-guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await reviewsGuardScene();
});
afterAll(() => scene.house.close());

const signpost = (changes: Record<string, unknown>): string =>
  copyOf('grants.signpost', `name = 'Citizens Advice'`, { added_by: '{manager2}', ...changes });
const ending = (set: string, where = `name = 'Citizens Advice'`): string =>
  `update grants.signpost set ${set} where ${where}`;
const ENDED = `ended_by = {manager2}, ended_on = '2026-11-16', ended_because = 'Closed'`;

/** The second manager settles the application that waits, as the program would, and tells what the SQL says. */
const REQUEST = `(select approval_id from grants.application where id = {recommended})`;
const settles = (request: string, outcome: string, role = 'manager', who = '{manager2}'): string =>
  `insert into approvals.conflict_of_interest (request_id, authority_id, person_id, declared) values (${request}, {ours}, ${who}, 'none');
   insert into approvals.decision (request_id, authority_id, kind, outcome, reason, decided_by, proposed_by, amount, fingerprint, decided_role, limit_id, limit_amount)
   select r.id, r.authority_id, r.kind, '${outcome}', 'No', ${who}, r.proposed_by, r.amount, r.fingerprint, '${role}', l.id, l.amount
     from approvals.request r join identity.delegated_limit l on l.kind = r.kind and l.role = '${role}' where r.id = ${request};
   update approvals.request set state = '${outcome}' where id = ${request};`;
const DECLINES = settles(REQUEST, 'declined');
const FACTS = {
  ...{ kind: 'decision', outcome: 'declined', about: 'Rent', reasons: ['Paid'], whatWouldChangeIt: ['A letter'] },
  ...{ elsewhere: ['Citizens Advice'], reviewBy: '2026-12-14' },
};
const notice = (facts: object, family = '{family_recommended}'): string =>
  `insert into notices.notice (id, authority_id, family_id, kind, facts, drafted_by)
   values (900001, {ours}, ${family}, '${(facts as { kind: string }).kind}', '${JSON.stringify(facts)}', {manager2});`;
const answer = (
  values: Partial<Record<'what' | 'review' | 'approval' | 'application' | 'family', string>> = {},
): string => {
  const { what = 'declined', review = `'2026-12-14'`, approval = REQUEST } = values;
  const { application = '{recommended}', family = '{family_recommended}' } = values;
  return `insert into grants.answer (authority_id, application_id, family_id, approval_id, what, notice_id, review_by)
   values ({ours}, ${application}, ${family}, ${approval}, '${what}', 900001, ${review});`;
};
const MOVES = `update grants.application set state = 'declined', decided_by = {manager2}, decision_reason = 'No' where id = {recommended};`;
const SERVED = `update notices.notice set state = 'serving' where id = 900001;`;

const review = (changes: Record<string, unknown>): string =>
  copyOf('grants.review', 'id = {review_asked}', {
    ...{ asked_by: '{manager2}', application_id: '{declined}', family_id: '{family_declined}', answer_id: '{answer}' },
    ...changes,
  });
const IN_REVIEW = `(select approval_id from grants.review where id = {review_in_review})`;
const outcome = (state: string, of = '{review_in_review}', reasons = 'So'): string =>
  `update grants.review set state = '${state}', reviewed_by = {manager2}, reasons = '${reasons}' where id = ${of};`;
const pretendingToBe = (who: string): string => `select set_config('mainstay.actor', '${who}', true);`;

describe('The list of who else helps', () => {
  itRefuses(
    () => scene,
    [
      ['ck_signpost_has_a_name', 'nobody', signpost({ name: ' ' })],
      ['ck_signpost_says_what_it_does', 'somebody who does nothing', signpost({ does: '' })],
      ['ck_signpost_phone_is_a_number', 'a number that is a word', signpost({ phone: 'call us' })],
      ['ck_signpost_web_is_an_address', 'an address that runs a script', signpost({ web: 'javascript:alert(1)' })],
      ['ck_signpost_is_for_some_need', 'help with nothing', signpost({ needs: [] })],
      ['ck_signpost_can_be_reached', 'somebody nobody can reach', signpost({ phone: null, web: null })],
      ['guard_signpost_is_kept_by_who_may', 'one added in another’s name', signpost({ added_by: '{administrator}' })],
      [
        'guard_signpost_is_kept_by_who_may',
        'one added by a worker',
        pretendingToBe('{caseworker}') + signpost({ added_by: '{caseworker}' }),
      ],
      ['guard_signpost_is_kept_by_who_may', 'one added by nobody', signpost({ added_by: null })],
      ['guard_signpost_stands_as_added', 'one that is over before it begins', signpost({ ended_on: '2026-11-16' })],
      ['guard_signpost_stands_as_added', 'one ended yesterday', ending(ENDED.replace('11-16', '11-15'))],
      ['guard_signpost_stands_as_added', 'one ended twice', `${ending(ENDED)}; ${ending(ENDED)}`],
      ['ck_signpost_is_ended_whole', 'one ended without a word', ending(ENDED.replace(`'Closed'`, 'null'))],
      ['ck_ended_signpost_says_why', 'one ended in blanks', ending(ENDED.replace('Closed', ' '))],
      ['permission denied', 'another name', ending(`name = 'Somebody else'`)],
      ['permission denied', 'one to be deleted', `delete from grants.signpost`],
    ],
  );
  itRefuses(
    () => scene,
    [
      ['guard_signpost_stands_as_added', 'another name even to the owner', ending(`${ENDED}, name = 'Somebody else'`)],
      [
        'fk_signpost_added_by_a_user',
        'nobody who adds',
        `alter table grants.signpost disable trigger guard_signpost; ${signpost({ added_by: 999999 })}`,
      ],
      [
        'fk_signpost_ended_by_a_user',
        'nobody who ends',
        `alter table grants.signpost disable trigger guard_signpost; ${ending(ENDED.replace('{manager2}', '999999'))}`,
      ],
      ['guard_append_only', 'one to be thrown away', 'delete from grants.signpost'],
    ],
    'owner',
  );
});

describe('What a family is told of a decision', () => {
  it('is accepted when everything is said', async () => {
    expect(await scene.attack(DECLINES + notice(FACTS) + answer() + MOVES + SERVED)).toBe('accepted');
  });
  const told = (facts: object, values = {}): string => DECLINES + notice(facts) + answer(values);
  itRefuses(
    () => scene,
    [
      ['guard_decision_is_told', 'a refusal nobody is told', DECLINES + MOVES],
      ['guard_decision_is_told', 'a refusal that stays a draft', DECLINES + notice(FACTS) + answer() + MOVES],
      ...(['reasons', 'whatWouldChangeIt', 'elsewhere'] as const).flatMap((what) =>
        [[], [' '], 'Because', null].map(
          (said) =>
            [
              'guard_refusal_explains_itself',
              `a refusal with ${JSON.stringify(said)} for ${what}`,
              told({ ...FACTS, [what]: said }),
            ] as const,
        ),
      ),
      ['guard_refusal_explains_itself', 'a refusal told as a yes', told({ ...FACTS, outcome: 'approved' })],
      [
        'guard_answer_gives_the_councils_days',
        'a refusal without a day',
        told({ ...FACTS, reviewBy: null }, { review: 'null' }),
      ],
      [
        'guard_answer_is_what_its_notice_tells',
        'another day than the letter says',
        told(FACTS, { review: `'2026-12-24'` }),
      ],
      ['guard_answer_is_what_its_notice_tells', 'a refusal told by another letter', told({ ...FACTS, kind: 'award' })],
      [
        'guard_answer_gives_the_councils_days',
        'a week to ask for a review',
        told({ ...FACTS, reviewBy: '2026-11-23' }, { review: `'2026-11-23'` }),
      ],
      ['guard_answer_is_of_its_decision', 'a refusal nobody signed', notice(FACTS) + answer()],
      [
        'guard_refusal_is_signed_by_a_manager',
        'a refusal signed by finance',
        pretendingToBe('{finance}') + settles(REQUEST, 'declined', 'finance', '{finance}') + notice(FACTS) + answer(),
      ],
      ['fk_answer_is_a_notice', 'a letter to another family', DECLINES + notice(FACTS, '{family_declined}') + answer()],
      ['guard_answer_is_of_its_decision', 'an award where it was refused', told(FACTS, { what: 'awarded' })],
      [
        'guard_answer_is_of_its_decision',
        'a refusal told by somebody else',
        DECLINES + pretendingToBe('{manager}') + notice(FACTS).replace('{manager2}', '{manager}') + answer(),
      ],
      [
        'ck_answer_is_of_a_known_sort',
        'an answer of no sort',
        told(FACTS).replace(`'declined', 900001`, `'perhaps', 900001`),
      ],
      [
        'uq_answer_once_a_decision',
        'a decision told twice',
        `${told(FACTS)} ${notice(FACTS).replace('900001', '900002')} ${answer().replace('900001', '900002')}`,
      ],
      [
        'uq_answer_has_its_own_notice',
        'a letter for two decisions',
        DECLINES +
          copyOf('grants.answer', 'application_id = {declined}', {
            ...{ approval_id: '{request}', application_id: '{recommended}', family_id: '{family_recommended}' },
          }),
      ],
      ['permission denied', 'an answer to be changed', `update grants.answer set review_by = '2027-12-31'`],
      [
        'guard_told_decision_is_not_taken_back',
        'a refusal taken back from the family alone',
        `update notices.notice set state = 'withdrawn', withdrawn_on = '2026-11-16', withdrawn_because = 'x'
          where id = (select notice_id from grants.answer where application_id = {declined})`,
      ],
    ],
  );
  itRefuses(() => scene, [['guard_append_only', 'an answer to be forgotten', `delete from grants.answer`]], 'owner');
});

describe('What is not paid after all', () => {
  const due = `(select id from grants.instalment where state = 'due' and award_id in
    (select id from grants.award where application_id = {overturned}) limit 1)`;
  const CANCELLED = { kind: 'award', amount: '240.00', cancelled: { amount: '240.00', reasons: ['Paid twice'] } };
  const told = (facts: object): string =>
    notice(facts, '{family_overturned}') +
    answer({
      what: 'cancelled',
      review: 'null',
      approval: 'null',
      application: '{overturned}',
      family: '{family_overturned}',
    });
  const cancels = `update grants.instalment set state = 'cancelled' where id = ${due};
    insert into ledger.transfer (document_id, debit_account, credit_account, effective_date, kind, leg, authority_id, amount)
    select i.approval_id, d.id, c.id, '2026-11-16', 3, i.leg, {ours}, i.amount from grants.instalment i
      join ledger.account d on d.fund_id = i.fund_id and d.kind = 'committed' join ledger.account c on c.fund_id = i.fund_id and c.kind = 'available'
     where i.state = 'cancelled' and i.award_id in (select id from grants.award where application_id = {overturned});`;
  it('is accepted when the family is told', async () => {
    expect(await scene.attack(told(CANCELLED) + SERVED + cancels)).toBe('accepted');
  });
  itRefuses(
    () => scene,
    [
      ['guard_cancellation_is_told', 'a payment that is silently not made', cancels],
      ['guard_cancellation_is_told', 'a letter that stays a draft', told(CANCELLED) + cancels],
      [
        'guard_cancellation_explains_itself',
        'a letter that does not say why',
        told({ ...CANCELLED, cancelled: { amount: '240.00', reasons: [] } }),
      ],
      [
        'guard_cancellation_explains_itself',
        'a letter that says something else',
        told({ kind: 'award', amount: '1.00' }),
      ],
      [
        'ck_answer_is_of_a_decision',
        'a cancellation as a decision',
        told(CANCELLED).replace(
          '{ours}, {overturned}, {family_overturned}, null',
          '{ours}, {overturned}, {family_overturned}, {request}',
        ),
      ],
    ],
  );
});

describe('A review', () => {
  it('is accepted when a family asks in time', async () => {
    expect(await scene.attack(review({}))).toBe('accepted');
  });
  const passesOn = (touched: string): string =>
    `insert into approvals.request (id, authority_id, kind, subject_id, fingerprint, amount, proposed_by, family_id, touched)
     values (900002, {ours}, 'grant-review', {asked}, sha256('x'), 240, {manager2}, {family_asked}, ${touched});
     update grants.review set state = 'in_review', passed_on_by = {manager2}, approval_id = 900002 where id = {review_asked};`;
  const everybody = `array(select grants.who_had_a_part({asked}))`;
  const upholds = settles(IN_REVIEW, 'declined');
  it('is accepted when it is passed on with every name', async () => {
    expect(await scene.attack(passesOn(everybody))).toBe('accepted');
  });
  itRefuses(
    () => scene,
    [
      ['guard_review_is_asked_in_person', 'one asked in another’s name', review({ asked_by: '{caseworker}' })],
      ['guard_review_is_asked_in_person', 'one asked yesterday', review({ asked_on: '2026-11-15' })],
      ['guard_review_is_asked_in_person', 'one that begins settled', review({ state: 'upheld' })],
      ['guard_answer_can_be_reviewed', 'a third look', review({ answer_id: '{last_answer}' })],
      [
        'guard_late_review_is_taken_in_by_a_person',
        'one asked after the last day without a word',
        `select set_config('mainstay.today', '2026-12-15', true);
         ${review({ asked_on: '2026-12-15', due_on: '2026-12-20' })}`,
      ],
      ['ck_late_review_says_why', 'one taken in late in blanks', review({ late_reason: ' ' })],
      ['ck_review_is_due_after_it_is_asked', 'one answered before it is asked', review({ due_on: '2026-11-16' })],
      ['uq_review_once_an_answer', 'two reviews of one decision', `${review({})}; ${review({})}`],
      ['fk_review_of_an_answer', 'a review of another family’s decision', review({ family_id: '{family_asked}' })],
      ['fk_review_asked_by_a_user', 'nobody who asks', pretendingToBe('999999') + review({ asked_by: 999999 })],
      ['guard_review_names_who_had_a_part', 'one passed on to those who decided', passesOn(`'{}'`)],
      [
        'guard_review_names_who_had_a_part',
        'one passed on with a name left out',
        passesOn('array_remove({everybody}, {manager}::bigint)').replace('{everybody}', everybody),
      ],
      ['guard_review_follows_its_decision', 'an outcome nobody signed', outcome('overturned')],
      ['guard_review_follows_its_decision', 'the other outcome than was signed', upholds + outcome('overturned')],
      ['ck_settled_review_says_why', 'an outcome without reasons', upholds + outcome('upheld', undefined, ' ')],
      [
        'guard_reviewer_reaches_as_far',
        'one settled by somebody with a small limit',
        pretendingToBe('{finance}') +
          settles(IN_REVIEW, 'declined', 'finance', '{finance}') +
          outcome('upheld').replace('{manager2}', '{finance}'),
      ],
      [
        'guard_decider_has_not_touched_it',
        'one settled by whoever decided first',
        pretendingToBe('{manager}') + settles(IN_REVIEW, 'declined', 'manager', '{manager}'),
      ],
      ['guard_decision_is_told', 'an outcome the family is not told', upholds + outcome('upheld')],
      [
        'guard_states_of_review',
        'a settled review asked again',
        `update grants.review set state = 'asked' where id = {review_upheld}`,
      ],
      [
        'guard_review_stands_as_asked',
        'other reasons afterwards',
        `update grants.review set reasons = 'Others' where id = {review_upheld}`,
      ],
      [
        'guard_refusal_is_overturned_by_its_review',
        'a refusal that becomes an award',
        `update grants.application set state = 'awarded' where id = {declined}`,
      ],
      [
        'guard_refusal_is_overturned_by_its_review',
        'a refusal that was upheld and becomes an award',
        `update grants.application set state = 'awarded', decided_by = {manager2},
           approval_id = (select approval_id from grants.review where id = {review_upheld}) where id = {upheld}`,
      ],
      [
        'guard_item_is_awarded_with_the_decision',
        'another amount after a review',
        'update grants.item set awarded = 1 where application_id = {overturned}',
      ],
      [
        'guard_item_is_awarded_with_the_decision',
        'an amount for a refusal',
        'update grants.item set awarded = 1 where application_id = {upheld}',
      ],
      ['permission denied', 'what the family says to be changed', `update grants.review set words = 'Never mind'`],
    ],
  );
  itRefuses(
    () => scene,
    [
      ['guard_append_only', 'a review to be forgotten', 'delete from grants.review'],
      [
        'guard_review_stands_as_asked',
        'another day even to the owner',
        `update grants.review set due_on = due_on + 30`,
      ],
      [
        'guard_reviewer_is_another_person',
        'one settled by somebody who had a part',
        `insert into grants.touch values ({ours}, {in_review}, {manager2}); ${upholds} ${outcome('upheld')}`,
      ],
      [
        'ck_review_in_hand_was_passed_on',
        'one in hand that nobody passed on',
        `alter table grants.review disable trigger guard_review;
         update grants.review set state = 'in_review' where id = {review_asked}`,
      ],
    ],
    'owner',
  );
});
