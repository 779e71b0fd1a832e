import { readdirSync, readFileSync } from 'node:fs';
import { testHouse, type TestHouse } from '../../support/test-house.ts';

const number = 'a number of its own, drawn from the sequence';
const key = 'it exists so that a foreign key can name these columns together; the primary key in it refuses the rest';

/** What no test attacks, and why that is no gap. */
const COVERED_OTHERWISE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['account', 'api_token', 'budget', 'delegated_limit', 'export_file', 'family_import', 'fund', 'hold', 'instrument']
      .concat(['line', 'member', 'outbox_message', 'overpayment', 'plan', 'rate', 'request', 'run', 'state_change'])
      .concat([
        'top_up',
        'promised_date',
        'user_account',
        'authority',
        'session',
        'proposal',
        'note',
        'assignment',
        'team',
        'account_change',
        'plan_change',
      ])
      .concat(['bank_report', 'returned_payment', 'reissue', 'report_exception', 'voucher', 'rescue', 'rail_profile'])
      .concat(['wrong_details', 'given_back', 'rules_proposal', 'signpost_check'])
      .concat(['verification', 'limit_proposal', 'rate_proposal', 'originator_proposal'])
      .map((name) => [`pk_${name}`, number]),
  ),
  ...Object.fromEntries(
    ['application', 'award', 'catalogue_item', 'instalment', 'item'].map((name) => [`pk_${name}`, number]),
  ),
  ...Object.fromEntries(
    ['agency', 'referral', 'family_request', 'evidence', 'conference', 'follow_up'].map((name) => [
      `pk_${name}`,
      number,
    ]),
  ),
  fk_bank_file_shown_by_a_line: 'guard_file_is_shown_by_its_lines says the same and more, before it',
  uq_agency_of_council: key,
  fk_signpost_check_of_a_signpost: 'guard_checked_signpost_is_on_the_list says the same and more, before it',
  fk_signpost_check_by_a_user: 'guard_signpost_is_checked_in_person says the same and more, before it',
  uq_given_back_of_council: key,
  fk_given_back_of_an_order: 'guard_given_back_is_at_most_what_was_paid says the same and more, before it',
  uq_award_public_id: 'drawn at random by the database; guard_award_stands_as_decided keeps it as drawn',
  uq_referral_of_council: key,
  fk_referral_of_an_agency: 'guard_referral_is_by_its_agency says the same and more, before it',
  fk_referral_by_a_user: 'guard_referral_is_by_its_agency says the same and more, before it',
  fk_referral_answered_by_a_user: 'guard_referral_is_answered_by_who_acts says the same and more, before it',
  fk_referral_of_a_family: 'guard_referral_application_is_the_familys says the same and more, before it',
  fk_referral_application: 'guard_referral_application_is_the_familys says the same and more, before it',
  fk_family_request_application: 'guard_family_request_application_is_the_familys says the same and more, before it',
  fk_family_request_answered_by_a_user: 'guard_family_request_is_answered_by_who_acts says the same, before it',
  fk_evidence_added_by_a_user: 'guard_evidence_is_added_by_who_acts says the same and more, before it',
  fk_follow_up_of_an_application: 'written by a trigger alone, of the award’s own application',
  fk_follow_up_done_by_a_user: 'guard_follow_up_is_answered_by_who_acts says the same and more, before it',
  pk_touch: 'written by a trigger alone, which lets the second time pass',
  uq_application_of_council: key,
  uq_award_of_council: key,
  uq_award_once_an_approval:
    'guard_award_is_approved says the same and more, before it: an approval is of one application',
  fk_application_of_a_fund: 'guard_application_fund_pays_grants says the same and more, before it',
  fk_item_of_an_application: 'guard_items_change_in_a_draft says the same and more, before it',
  fk_application_tops_up_an_award: 'guard_top_up_is_of_its_award says the same and more, before it',
  fk_second_look_by_a_user: 'guard_second_look_is_by_another_manager says the same and more, before it',
  fk_item_payee: 'guard_item_payee_is_the_familys says the same and more, before it',
  fk_instalment_of_an_award: 'guard_instalment_is_of_its_award says the same and more, before it',
  fk_instalment_of_an_item: 'guard_instalment_is_of_its_award says the same and more, before it',
  fk_instalment_payee: 'guard_instalment_is_of_its_award says the same and more, before it',
  ...Object.fromEntries(['answer', 'review', 'signpost'].map((name) => [`pk_${name}`, number])),
  uq_answer_with_its_application: key,
  fk_answer_of_an_application: 'guard_answer_is_of_its_decision says the same and more, before it',
  fk_answer_of_a_decision: 'guard_answer_is_of_its_decision says the same and more, before it',
  fk_review_approval: 'guard_review_names_who_had_a_part says the same and more, before it',
  fk_review_passed_on_by_a_user: 'guard_review_names_who_had_a_part says the same and more, before it',
  fk_review_by_a_user: 'guard_review_follows_its_decision says the same and more, before it',
  pk_put_right: number,
  fk_put_right_of_a_plan: 'guard_put_right_is_of_its_plan says the same and more, before it',
  fk_put_right_of_a_family: 'guard_put_right_is_of_its_plan says the same and more, before it',
  fk_put_right_of_a_fund: 'guard_put_right_is_of_its_plan says the same and more, before it',
  ...{ pk_recovery: number, pk_recovery_floor: number, uq_recovery_floor_of_council: key },
  ck_decided_recovery_says_by_whom: 'guard_recovery_is_approved says the same and more, before it',
  fk_recovery_of_an_overpayment: 'guard_recovery_fits_its_overpayment says the same and more, before it',
  fk_recovery_of_a_family: 'guard_recovery_fits_its_overpayment says the same and more, before it',
  fk_recovery_of_a_plan: 'guard_recovery_fits_its_overpayment says the same and more, before it',
  fk_recovery_has_a_notice: 'guard_recovery_has_its_notice says the same and more, before it',
  fk_recovery_has_a_floor: 'guard_recovery_is_under_the_floor_in_force says the same and more, before it',
  pk_code_try: number,
  pk_kept_day: number,
  fk_kept_day_settled_by_a_user: 'guard_kept_day_is_settled_once_by_who_acts says the same, before it',
  pk_policy: number,
  pk_stand_in: number,
  pk_freeze: number,
  ...Object.fromEntries(
    [
      'pk_approval_kind',
      'ck_kind_has_a_target',
      'ck_kind_escalates_after_its_target',
      'ck_kind_escalates_to_a_role',
    ].map((name) => [name, 'written by migrations only; a test compares it with the code']),
  ),
  uq_bank_file_of_council: key,
  uq_export_of_council: key,
  uq_report_of_council: key,
  uq_return_of_council: key,
  ck_return_is_of_something: 'guard_return_is_of_a_payment says the same and more, before it',
  fk_return_of_a_file: 'guard_return_is_of_a_payment says the same and more, before it',
  fk_return_of_an_order: 'guard_return_is_of_a_payment says the same and more, before it',
  fk_return_of_a_reissue: 'guard_return_is_of_a_payment says the same and more, before it',
  fk_return_of_a_voucher: 'guard_return_is_of_a_payment says the same and more, before it',
  fk_confirmation_of_a_return: 'guard_confirmed_return_is_open says the same and more, before it',
  fk_confirmation_by_a_user: 'guard_nobody_confirms_for_another says the same and more, before it',
  fk_reissue_of_a_return: 'guard_reissue_is_its_return says the same and more, before it',
  fk_reissue_in_a_file: 'guard_reissue_is_in_its_file says the same and more, before it',
  fk_file_replaces_a_file:
    'guard_export_equals_the_ledger and guard_rescue_is_agreed_by_two say the same and more, before it',
  pk_audit_event: 'guard_chain_event numbers every event itself',
  pk_audit_head: 'guard_chain_event is the only writer; the application may not',
  pk_seal: 'guard_chain_seal numbers every seal itself',
  pk_state_edge: 'written by migrations only; a test compares it with the code',
  uq_stand_in_with_its_people: key,
  fk_signer_holds_the_role: 'guard_decider_still_holds_the_role says the same and more, before it',
  fk_statement_layout_set_by_a_user:
    'guard_statement_layout_is_set_by_an_administrator says the same and more, before it',
  fk_freeze_set_by_a_user: 'guard_freeze_is_set_by_an_administrator says the same and more, before it',
  fk_freeze_lifted_by_a_user: 'guard_freeze_is_set_by_an_administrator says the same and more, before it',
  fk_stand_in_is_a_user: 'guard_stand_in_may_act says the same and more, before it',
  fk_stand_in_ended_by_a_user: 'guard_stand_in_stands_as_named says the same and more, before it',
  uq_family_session_with_its_family: key,
  uq_link_with_its_family: key,
  uq_fund_of_council: key,
  uq_user_of_council: key,
  uq_plan_of_council: key,
  uq_note_of_a_family: key,
  uq_proposal_with_what_it_says: key,
  uq_plan_change_of_council: key,
  uq_request_of_council: key,
  uq_run_of_council: key,
  uq_limit_with_what_it_says: key,
  uq_request_with_what_it_says: key,
  uq_team_of_council: key,
  uq_verification_of_council: key,
  fk_decider_holds_the_role: 'guard_decider_still_holds_the_role says the same and more, before it',
  fk_proposal_decider_holds_the_role: 'guard_proposal_decider_still_holds_the_role says the same and more, before it',
  fk_plan_of_a_fund: 'guard_plan_fund_pays_section_17 says the same and more, before it',
  fk_move_home_of_a_family: 'fk_move_home_has_a_notice says the same and more: a notice is of one family',
  fk_plan_change_has_a_notice: 'guard_plan_change_is_of_its_notice says the same and more, before it',
  fk_plan_change_of_a_member: 'guard_plan_change_fits_its_plan says the same and more, before it',
  fk_plan_change_of_a_top_up: 'guard_plan_change_fits_its_plan says the same and more, before it',
  fk_export_of_a_run: 'guard_export_equals_the_ledger says the same and more, before it',
  ck_notice_is_never_under_seven_days: 'guard_notice_gives_the_councils_days says the same and more, before it',
  ck_attempt_channel_is_known: 'guard_attempt_goes_a_safe_way says the same and more, before it',
  pk_heard: number,
  pk_translation_decision: number,
  fk_letter_printed_in_a_batch: 'guard_letter_is_printed_in_a_batch says the same and more, before it',
  uq_notice_of_family: key,
  uq_pay_day_change_of_a_plan: key,
  fk_pay_day_change_has_a_notice: 'guard_pay_day_change_has_its_notice says the same and more, before it',
  fk_pay_day_change_of_a_plan: 'guard_pay_day_change_has_its_notice says the same and more, before it',
  fk_promise_made_by_a_move: 'guard_promise_is_made_by_its_move says the same and more, before it',
  pk_one_off_holiday: number,
  pk_holiday_replan: number,
  pk_calendar_issue: number,
  fk_promise_made_by_a_holiday: 'guard_promise_is_made_by_its_holiday says the same and more, before it',
  fk_calendar_sent_to_a_plan: 'guard_calendar_sent_is_the_familys says the same and more, before it',
  fk_calendar_sent_is_a_notice: 'guard_calendar_sent_is_the_familys says the same and more, before it',
  fk_early_telling_of_a_plan: 'guard_early_telling_says_the_day says the same and more, before it',
  fk_early_telling_has_a_notice: 'guard_early_telling_says_the_day says the same and more, before it',
  ck_statement_account_is_fourteen_digits: 'guard_statement_is_of_our_account says the same and more, before it',
  uq_journal_batch_number: 'guard_journal_batch_follows_the_last says the same and more, before it',
  pk_write_off: number,
  pk_bank_exception_owner: number,
  pk_month_close: number,
  pk_month_reopening: number,
  pk_journal_code: number,
  pk_journal_batch: number,
  uq_statement_file_of_council: key,
  uq_statement_of_council: key,
  uq_month_close_of_council: key,
  uq_journal_code_of_council: key,
  uq_journal_batch_of_council: key,
  pk_rolled_run: 'pk_spend_day says the same, before it',
  fk_rolled_run_of_a_run: 'guard_rolled_run_is_posted says the same and more, before it',
  pk_fall: number,
  fk_fall_has_a_notice: 'guard_fall_has_its_notice says the same and more, before it',
  fk_fall_of_a_plan: 'guard_fall_has_its_notice says the same and more, before it',
  ck_approved_plan_says_by_whom: 'guard_plan_is_approved says the same and more, before it',
};

/** Triggers that keep books instead of refusing, each with where that is seen. */
const KEEPS_BOOKS: Readonly<Record<string, string>> = {
  'approvals.lay_down_steps': 'approval-steps.test.ts of this folder: steps are those of the day it was submitted',
  'audit.chain_event': 'the audit trail test of this folder, and verify.test.ts',
  'kernel.note_change': 'run-freshness.test.ts',
  'notices.drafted_today': 'notices.test.ts of this folder: nobody drafts or hears in the past',
  'notices.heard_today': 'notices.test.ts of this folder: nobody drafts or hears in the past',
  'notices.begin_unpaused':
    'lost-news.test.ts of the notify folder: another key begins without a pause, whoever writes it',
  'notices.close_pages': 'family-pages.test.ts of this folder: a code sent to a phone that is gone opens nothing',
  'grants.plan_follow_ups': 'partners.test.ts of this folder: they are planned with the award itself',
  'grants.tell_referral': 'referrals-pages.test.ts: the agency sees that it was decided, and no more than was agreed',
  'grants.keep_touch': 'grants.test.ts of this folder: whoever wrote on an application does not decide it',
  'families.close_ways': 'safe-ways.test.ts of this folder: whoever must not be contacted has no way left',
  'families.keep_former_contact': 'old-contacts.test.ts of this folder: a number given up is kept by the change itself',
  'families.keep_name_keys': 'families-notes.test.ts: whoever writes a name, it is found as it is',
  'identity.record_council_change': 'people-rates.test.ts of this folder: what is changed is on record',
  'payments.open_bank_file': 'returned-payment.test.ts: every file begins its life when it is made',
  'payments.guard_has_its_transfer': 'it refuses under the name of its trigger; files-returns.test.ts of this folder',
  'ledger.limit_overpaid': 'journeys/recovery.test.ts: what families owe back is limited like what is owed to them',
  'subsistence.guard_recovery_in_the_ledger':
    'it refuses under the name of its trigger; recoveries.test.ts of this folder',
  'ledger.open_balance': 'every transfer of the tests needs the balance it opens',
};

const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'bullmq', 'public')`;
const CONSTRAINTS = `
  select k.conname as name from pg_constraint k join pg_namespace n on n.oid = k.connamespace where ${OURS} and k.contype <> 'n'
  union select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid join pg_namespace n on n.oid = i.relnamespace
   where ${OURS} and x.indisunique
  union select 'guard_states_of_' || machine from audit.state_edge`;
const TRIGGERS = `
  select distinct n.nspname || '.' || p.proname as name, p.prosrc as source
    from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_namespace n on n.oid = p.pronamespace
   where not t.tgisinternal and ${OURS} order by 1`;

const attacks = attackSources();

function attackSources(): string {
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.js') && !import.meta.url.includes(name));
  return files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
}

describe('Every constraint and guard of the database', () => {
  let house: TestHouse;
  let triggers: { name: string; source: string }[];
  let names: string[];
  beforeAll(async () => {
    house = await testHouse();
    triggers = (await house.superuser.query<{ name: string; source: string }>(TRIGGERS)).rows;
    const raised = triggers.flatMap(({ source }) => [...source.matchAll(/constraint = '(guard_\w+)'(?! \|\|)/g)]);
    const { rows } = await house.superuser.query<{ name: string }>(CONSTRAINTS);
    names = [...new Set([...rows.map((row) => row.name), ...raised.map((match) => match[1] as string)])].toSorted();
  });
  afterAll(() => house.close());

  it('is attacked by a test, or says why it need not be', () => {
    const isAttacked = (name: string): boolean => new RegExp(`['"\`\\[]${name}['"\`\\]]`).test(attacks);
    expect(names.length).toBeGreaterThan(150);
    expect(names.filter((name) => !isAttacked(name) && !(name in COVERED_OTHERWISE))).toEqual([]);
  });

  it('is not excused twice, and no excuse outlives its constraint', () => {
    expect(Object.keys(COVERED_OTHERWISE).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('refuses by name, or is known to keep books', () => {
    const silent = triggers.filter(({ source }) => !/constraint = 'guard_/.test(source)).map(({ name }) => name);
    expect(silent).toEqual(Object.keys(KEEPS_BOOKS).toSorted());
  });

  it('is named by us, not by Postgres', () => {
    expect(names.filter((name) => !/^(?:ck|fk|uq|pk|ex|guard)_[a-z0-9_]+$/.test(name))).toEqual([]);
  });
});
