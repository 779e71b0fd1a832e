import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, itRefuses } from '../../support/guard-scene.ts';
import { railsScene } from '../../support/rails-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await railsScene();
});
afterAll(() => scene.house.close());

const file = (id: string, set: string): string => `update payments.bank_file set ${set} where id = {${id}};`;
const begun = `begun_by = {finance}, begun_on = '2026-11-16'`;
const byPerson = `answer_from = 'person', answered_by = {finance}, answer_reason = 'They said so', answered_on = '2026-11-16'`;
const submitting = file('fresh', `state = 'submitting', ${begun}`);
const unknown = submitting + file('fresh', `state = 'unknown'`);

const lives: Attack[] = [
  [
    'guard_states_of_bank_file',
    'a file accepted that nobody submitted',
    file('fresh', `state = 'accepted', ${byPerson}, ${begun}`),
  ],
  [
    'guard_states_of_bank_file',
    'a file handed in again after it was lost',
    unknown + file('fresh', `state = 'submitting'`),
  ],
  ['guard_states_of_bank_file', 'an accepted file submitted again', file('file', `state = 'submitted'`)],
  ['ck_file_at_the_bank_has_an_intent', 'a file submitted without an intent', file('fresh', `state = 'submitting'`)],
  [
    'ck_submitted_file_has_the_banks_reference',
    'a file submitted without the bank’s reference',
    submitting + file('fresh', `state = 'submitted', submitted_on = '2026-11-16', bank_reference = ' '`),
  ],
  ['ck_answered_file_says_who_answered', 'a file accepted by nobody', submitting + file('fresh', `state = 'accepted'`)],
  [
    'ck_answer_is_from_somebody_known',
    'a file answered by a rumour',
    submitting + file('fresh', `state = 'accepted', answer_from = 'rumour', answered_on = '2026-11-16'`),
  ],
  [
    'ck_a_reports_answer_names_the_report',
    'a file answered by no report',
    submitting + file('fresh', `state = 'accepted', answer_from = 'report', answered_on = '2026-11-16'`),
  ],
  [
    'ck_a_persons_answer_says_who_and_why',
    'a file answered by a person without a reason',
    submitting + file('fresh', `state = 'accepted', ${byPerson.replace('They said so', ' ')}`),
  ],
  [
    'ck_not_arrived_is_a_persons_word',
    'a file a report says did not arrive',
    unknown +
      file(
        'fresh',
        `state = 'not_arrived', answer_from = 'report', answer_report_id = {report}, answered_on = '2026-11-16'`,
      ),
  ],
  [
    'ck_a_statements_answer_names_its_line',
    'a file a statement says was taken, by no line',
    submitting + file('fresh', `state = 'accepted', answer_from = 'statement', answered_on = '2026-11-16'`),
  ],
  ['guard_file_is_shown_by_its_lines', 'a file shown by a line of something else', file('file', `shown_by = 1`)],
  ['ck_settled_file_says_when', 'a file settled on no day', file('file', `state = 'settled'`)],
  [
    'guard_file_settles_on_its_day',
    'a file settled before its entry day',
    file('file', `state = 'settled', settled_on = '2026-11-25'`),
  ],
  ['guard_file_story_stands', 'another person put as who submitted', file('file', `begun_by = {releaser}`)],
  ['guard_file_story_stands', 'another reference of the bank', file('file', `bank_reference = 'X'`)],
  ['guard_file_story_stands', 'the answer said otherwise', file('file', `answer_reason = 'Another one'`)],
  [
    'fk_bank_file_begun_by_a_user',
    'a file submitted by nobody here',
    file('fresh', `state = 'submitting', begun_by = 999999, begun_on = '2026-11-16'`),
  ],
  [
    'fk_bank_file_answered_by_a_user',
    'a file answered by nobody here',
    submitting + file('fresh', `state = 'accepted', ${byPerson.replace('{finance}', '999999')}`),
  ],
  [
    'fk_bank_file_answer_report',
    'a file answered by a report that is not here',
    submitting +
      file('fresh', `state = 'accepted', answer_from = 'report', answer_report_id = 1, answered_on = '2026-11-16'`),
  ],
  [
    'guard_file_not_taken_is_in_the_ledger',
    'a file rejected and its money left at the bank',
    submitting + file('fresh', `state = 'rejected', ${byPerson}`),
  ],
  [
    'permission denied',
    'a life of a file nobody made',
    `insert into payments.bank_file (id, authority_id) values (1, {ours})`,
  ],
];

const report = (changes: Record<string, unknown>): string =>
  copyOf('payments.bank_report', 'true', { sha256: `\\x${'ab'.repeat(32)}`, ...changes });
const reports: Attack[] = [
  ['uq_report_once', 'the same report twice', copyOf('payments.bank_report', 'true', {})],
  ['ck_report_kind_is_known', 'a report of an unknown kind', report({ kind: 'gossip' })],
  ['ck_report_sha256', 'a report without a whole hash', report({ sha256: '\\x00' })],
  ['ck_report_is_sealed', 'a report in the open', report({ sealed: '\\x3c61' })],
  ['ck_report_says_something', 'a report of nothing', report({ items: 0 })],
  ['fk_report_is_imported_by_a_user', 'a report nobody took in', report({ imported_by: 999999 })],
  ['permission denied', 'a report changed', `update payments.bank_report set items = 2`],
];

const exception = (changes: Record<string, unknown>): string =>
  copyOf('payments.report_exception', 'true', { line_no: 77, ...changes });
const exceptions: Attack[] = [
  ['ck_exception_is_known', 'an exception of an unknown kind', exception({ what: 'odd' })],
  ['uq_exception_once_a_line', 'two exceptions of one line', copyOf('payments.report_exception', 'true', {})],
  ['fk_exception_of_a_report', 'an exception of no report', exception({ report_id: 1 })],
  [
    'guard_states_of_report_exception',
    'an exception explained at once',
    exception({ state: 'explained', explained_by: '{finance}', explanation: 'Known' }),
  ],
  [
    'ck_explained_exception_says_how',
    'an exception explained with nothing',
    `update payments.report_exception set state = 'explained', explained_by = {finance}`,
  ],
  [
    'fk_exception_explained_by_a_user',
    'an exception explained by nobody here',
    `update payments.report_exception set state = 'explained', explained_by = 999999, explanation = 'Known'`,
  ],
];

/** The one order that did not come back, coming back. */
const back = (changes: Partial<Record<string, string>> = {}): string => {
  const values: Record<string, string | undefined> = {
    ...{ authority_id: '{ours}', report_id: '{report}', line_no: '50', order_id: 'o.id', file_id: '{file}' },
    ...{ family_id: 'o.family_id', instrument_id: 'o.instrument_id', amount: 'o.amount', code: `'0'` },
    ...{ due_on: 'kernel.today() + 3', ...changes },
  };
  return `insert into payments.returned_payment (${Object.keys(values).join(', ')})
    select ${Object.values(values).join(', ')} from payments.payment_order o where o.id = {order};`;
};
const moved = (kind: number, from: string, to: string, document: string, amount = '49.18'): string =>
  `insert into ledger.transfer (document_id, debit_account, credit_account, effective_date, kind, authority_id, amount)
   values (${document}, (select id from ledger.account where kind = '${from}'), (select id from ledger.account where kind = '${to}'),
           '2026-11-16', ${kind}, {ours}, ${amount});`;
const cameBack = moved(20, 'clearing', 'returned', `(select max(id) from payments.returned_payment)`);

const returns: Attack[] = [
  ['guard_return_is_in_the_ledger', 'a return whose money did not move', back()],
  ['guard_return_is_told', 'a return its family is not told of', back() + cameBack],
  ['guard_return_is_of_a_payment', 'a return with a penny more', back({ amount: 'o.amount + 0.01' })],
  ['guard_return_is_of_a_payment', 'a return of another family', back({ family_id: '1' })],
  ['guard_return_is_of_a_payment', 'a return of another file', back({ file_id: '{vouchers}' })],
  ['guard_return_is_of_a_payment', 'a return of nothing that was sent', back({ order_id: '1' })],
  [
    'guard_return_is_of_a_file_at_the_bank',
    'a return of a file nobody submitted',
    `insert into payments.returned_payment (authority_id, report_id, line_no, order_id, file_id, family_id, instrument_id, amount, code, due_on)
     select {ours}, {report}, 50, o.id, {fresh}, o.family_id, o.instrument_id, o.amount, '0', kernel.today() + 3
       from payments.payment_order o where o.run_id = {run2} and o.rail = 'bacs' limit 1`,
  ],
  ['uq_return_once_an_order', 'the same payment back twice', back({ line_no: '51' }) + back()],
  ['uq_return_once_a_reissue', 'the same reissue back twice', `${backReissue(60)} ${backReissue(61)}`],
  ['guard_return_is_of_a_payment', 'a return of nothing', back({ amount: '0' })],
  ['ck_return_code_is_known', 'a return for no known reason', back({ code: `'Z'` })],
  ['ck_return_is_of_one_payment', 'a return of two payments', back({ reissue_id: '{reissue}' })],
  ['ck_return_has_its_report', 'a return nobody reported', back({ report_id: 'null' })],
  ['ck_return_is_due_after_it_came', 'a return due before it came', back({ due_on: 'kernel.today()' })],
  ['fk_return_of_a_report', 'a return of a report that is not here', back({ report_id: '1' })],
  ['fk_return_told_by_a_notice', 'a return told by no notice', back({ notice_id: '1' })],
  [
    'guard_return_stands',
    'a return of another amount afterwards',
    `update payments.returned_payment set notice_id = 1 where id = {back}`,
  ],
  [
    'guard_states_of_returned_payment',
    'a return that begins closed',
    back({ state: `'closed'`, closed_by: '{finance}', closed_because: `'Because'` }),
  ],
  [
    'guard_reissued_return_is_paid_again',
    'a return called reissued that was not',
    `update payments.returned_payment set state = 'reissued' where id = {back}`,
  ],
  [
    'guard_states_of_returned_payment',
    'a reissued return opened again',
    `update payments.returned_payment set state = 'open' where id = {again}`,
  ],
  [
    'ck_closed_return_says_by_whom_and_why',
    'a return closed for no reason',
    `update payments.returned_payment set state = 'closed', closed_by = {manager} where id = {back}`,
  ],
  [
    'fk_return_closed_by_a_user',
    'a return closed by nobody here',
    `update payments.returned_payment set state = 'closed', closed_by = 999999, closed_because = 'Because' where id = {back}`,
  ],
  ['permission denied', 'another amount of a return', `update payments.returned_payment set amount = 1`],
  [
    'guard_transfer_is_its_document',
    'more brought back than was paid',
    moved(20, 'clearing', 'returned', '1', '50.00'),
  ],
  [
    'guard_transfer_is_its_document',
    'a file called not taken that was',
    moved(22, 'clearing', 'payable', '{file}', '245.90'),
  ],
  ['guard_transfer_is_its_document', 'a run’s file sent again', moved(23, 'payable', 'clearing', '{vouchers}')],
];

const closed = `update payments.returned_payment set state = 'closed', closed_by = {finance}, closed_because = 'A new plan' where id = {back};`;
const orderBehind = `payments.order_behind({back})`;
const notSpent = moved(28, 'returned', 'spent', orderBehind);
const notUsed = moved(29, 'used', 'available', orderBehind);
const closings: Attack[] = [
  ['guard_closed_return_is_given_back', 'a return closed and its money left where it was', closed],
  ['guard_closed_return_is_given_back', 'a return closed and its money not to be used again', closed + notSpent],
  ['guard_closed_return_is_given_back', 'a return closed and its money spent all the same', closed + notUsed],
  ['guard_transfer_is_its_document', 'a return given back that waits', notSpent],
  ['guard_transfer_is_its_document', 'a fund given money nobody closed', notUsed],
  [
    'guard_transfer_is_its_document',
    'a return given back with a penny less',
    closed + moved(28, 'returned', 'spent', orderBehind, '49.17'),
  ],
  [
    'guard_transfer_is_its_document',
    'a fund given its money twice',
    closed + notUsed + notUsed.replace('kind, authority', 'kind, leg, authority').replace(' 29, ', ' 29, 1, '),
  ],
  [
    'guard_transfer_is_its_document',
    'a return given to another fund',
    `insert into funds.fund (authority_id, code, name, pays) values ({ours}, 'other', 'Other', '{section-17}');
     insert into ledger.account (authority_id, code, kind, fund_id) select {ours}, 'spent:other', 'spent', max(id) from funds.fund;
     ${closed} ${notSpent.replace("kind = 'spent'", "code = 'spent:other'")}`,
  ],
];

/** The reissue coming back, whose file the bank has by then. */
function backReissue(line: number): string {
  const taken =
    line === 60
      ? file('reissueFile', `state = 'submitting', ${begun}`) + file('reissueFile', `state = 'accepted', ${byPerson}`)
      : '';
  return `${taken} insert into payments.returned_payment (authority_id, report_id, line_no, reissue_id, file_id, family_id, instrument_id, amount, code, due_on)
    select {ours}, {report}, ${line}, x.id, x.file_id, x.family_id, x.instrument_id, x.amount, '0', kernel.today() + 3
      from payments.reissue x where x.id = {reissue};`;
}

const confirmation = (by: string, on = '{back}', reason = 'Saw it'): string =>
  `insert into payments.details_confirmation (authority_id, return_id, confirmed_by, reason) values ({ours}, ${on}, ${by}, '${reason}');`;
const confirmations: Attack[] = [
  ['guard_nobody_confirms_for_another', 'a confirmation in another’s name', confirmation('{manager}')],
  ['guard_confirmed_return_is_open', 'a confirmation of what was paid again', confirmation('{finance}', '{again}')],
  ['guard_confirmed_return_is_open', 'a confirmation of no return', confirmation('{finance}', '1')],
  ['ck_confirmation_says_how', 'a confirmation that does not say how', confirmation('{finance}', '{back}', ' ')],
  ['pk_details_confirmation', 'one person confirming twice', confirmation('{finance}') + confirmation('{finance}')],
  ['permission denied', 'a confirmation taken away', `delete from payments.details_confirmation`],
];

const exported = (changes: Record<string, unknown>): string =>
  copyOf('payments.export_file', 'id = {lostFile}', { serial: '000777', ...changes });
const newestFile = '(select max(id) from payments.export_file)';
const reissue = (changes: Partial<Record<string, string>> = {}): string => {
  const values: Record<string, string | undefined> = {
    ...{ authority_id: '{ours}', return_id: 'r.id', file_id: '{reissueFile}', family_id: 'r.family_id' },
    ...{ instrument_id: 'r.instrument_id', rail: `'bacs'`, amount: 'r.amount', requested_by: '{finance}', ...changes },
  };
  return `insert into payments.reissue (${Object.keys(values).join(', ')}) select ${Object.values(values).join(', ')}
    from payments.returned_payment r where r.id = {back};`;
};
/** Two more people said that the details are right. */
const said = `select set_config('mainstay.actor', '{manager}', true); ${confirmation('{manager}')}`;
const reissues: Attack[] = [
  ['guard_reissue_has_right_details', 'a payment made again on one person’s word', reissue()],
  [
    'guard_reissue_has_right_details',
    'a payment made again by one of the two',
    said + reissue({ requested_by: '{manager}' }),
  ],
  [
    'guard_reissue_has_right_details',
    'a payment made again to another account',
    said + reissue({ instrument_id: '1' }),
  ],
  [
    'guard_reissue_is_its_return',
    'a payment made again with a penny more',
    said + reissue({ amount: 'r.amount + 0.01' }),
  ],
  ['guard_reissue_is_its_return', 'a payment made again that was before', reissue().replace('{back}', '{again}')],
  ['guard_reissue_is_in_its_file', 'a payment made again in a run’s file', said + reissue({ file_id: '{fresh}' })],
  [
    'guard_reissue_goes_by_a_rail_it_can',
    'an account paid by voucher',
    said +
      exported({ purpose: 'reissue', rail: 'voucher' }) +
      ';' +
      reissue({ rail: `'voucher'`, file_id: newestFile }),
  ],
  ['guard_export_equals_its_reissues', 'a payment put into a file that was made', said + reissue()],
  ['fk_reissue_requested_by_a_user', 'a payment made again for nobody', said + reissue({ requested_by: '999999' })],
  [
    'guard_reissue_is_in_the_ledger',
    'a payment made again whose money did not move',
    `${said} ${exported({ purpose: 'reissue', run_id: null })}; ${moved(23, 'payable', 'clearing', newestFile)} ${reissue({ file_id: newestFile })}`,
  ],
  ['uq_reissue_once_a_return', 'a payment made again twice', said + reissue() + reissue()],
  ['permission denied', 'a reissue changed', `update payments.reissue set amount = 1`],
];

const agreed = `update payments.rescue set state = 'agreed', decided_by = {releaser}, decided_on = '2026-11-16' where id = {rescue};`;
const inPlace = { purpose: 'rescue', rail: 'faster-payments', replaces_id: 'LOST' };
const instead = (changes: Record<string, unknown> = {}): string =>
  `${exported({ ...inPlace, ...changes }).replaceAll('"LOST"', '{lostFile}')};`;
const undecided = { state: 'proposed', decided_by: null, decided_on: null };
const rescueOf = (where: string, changes: Record<string, unknown>): string =>
  `${copyOf('payments.rescue', where, { ...undecided, ...changes }).replace('"LOST"', '{lostFile}')};`;
const sentAgain = moved(23, 'payable', 'clearing', newestFile);
const rescues: Attack[] = [
  ['guard_rescue_is_agreed_by_two', 'a lost file sent again on one person’s word', instead()],
  [
    'guard_rescue_is_agreed_by_two',
    'a lost file sent another way than was agreed',
    agreed + instead({ rail: 'pain001' }),
  ],
  [
    'guard_only_a_lost_file_is_replaced',
    'a file at the bank sent again',
    instead().replaceAll('id = {lostFile}', 'id = {file}').replaceAll('{lostFile}', '{file}'),
  ],
  ['guard_export_equals_the_ledger', 'a lost file sent again with more in it', agreed + instead({ total: 49.19 })],
  ['guard_file_sent_again_is_in_the_ledger', 'a file sent again without its money', agreed + instead()],
  [
    'uq_file_is_replaced_once',
    'two files in place of one',
    agreed + instead() + sentAgain + instead({ serial: '000778' }),
  ],
  ['ck_rail_is_known', 'a file for an unknown rail', exported({ purpose: 'reissue', rail: 'carrier' })],
  ['ck_export_purpose_is_known', 'a file for fun', exported({ purpose: 'fun' })],
  [
    'ck_file_says_what_it_is_of',
    'a file of reissues that is a run’s',
    exported({ purpose: 'reissue', run_id: 'RUN' }).replace('"RUN"', '{run}'),
  ],
  ['guard_export_equals_its_reissues', 'a file of reissues without any', exported({ purpose: 'reissue' })],
  ['ck_rescue_needs_two_people', 'a rescue agreed by who proposed it', agreed.replace('{releaser}', '{finance}')],
  ['ck_decided_rescue_says_by_whom', 'a rescue agreed by nobody', `update payments.rescue set state = 'agreed'`],
  ['ck_rescue_has_a_reason', 'a rescue for no reason', copyOf('payments.rescue', 'true', { reason: ' ' })],
  ['uq_rescue_one_proposal_a_file', 'two proposals for one file', copyOf('payments.rescue', 'true', {})],
  [
    'uq_rescue_agreed_once',
    'a file rescued twice',
    agreed + rescueOf(`state = 'agreed'`, {}) + agreed.replace('id = {rescue}', `state = 'proposed'`),
  ],
  ['fk_rescue_of_a_file', 'a rescue of no file', copyOf('payments.rescue', 'true', { file_id: 1 })],
  ['fk_rescue_proposed_by_a_user', 'a rescue nobody proposed', agreed + rescueOf('true', { proposed_by: 999999 })],
  ['fk_rescue_decided_by_a_user', 'a rescue agreed by nobody here', agreed.replace('{releaser}', '999999')],
  [
    'guard_states_of_rescue',
    'a rescue that begins agreed',
    copyOf('payments.rescue', 'true', { state: 'agreed', decided_by: 'R', decided_on: '2026-11-16' }).replace(
      '"R"',
      '{releaser}',
    ),
  ],
  [
    'guard_rescue_is_immutable',
    'a decided rescue decided by another',
    agreed + `update payments.rescue set decided_by = {manager} where id = {rescue}`,
  ],
  ['permission denied', 'a rescue by another rail afterwards', `update payments.rescue set rail = 'bacs'`],
  [
    'guard_rescue_goes_by_a_rail_it_can',
    'accounts paid by voucher',
    agreed.replace('agreed', 'refused') +
      rescueOf('true', { rail: 'voucher', file_id: 'LOST' }) +
      agreed.replace('id = {rescue}', `state = 'proposed'`) +
      instead({ rail: 'voucher' }),
  ],
];

const voucher = (changes: Record<string, unknown>): string =>
  copyOf('payments.voucher', 'true', { amount: 1, ...changes });
const expired = `select set_config('mainstay.today', '2027-03-01', true); update payments.voucher set state = 'expired' where id = {voucher};`;
const vouchers: Attack[] = [
  ['guard_vouchers_come_to_their_payment', 'a voucher more than was paid', voucher({})],
  ['guard_vouchers_come_to_their_payment', 'a voucher of no payment', voucher({ paid_id: 1 })],
  ['guard_voucher_is_within_its_cap', 'a voucher above what one may come to', voucher({ amount: 100.01 })],
  ['ck_voucher_pays_something', 'a voucher of nothing', voucher({ amount: 0 })],
  ['fk_voucher_in_a_file', 'a voucher in no file', voucher({ file_id: 1 })],
  [
    'guard_states_of_voucher',
    'a voucher that begins cashed',
    voucher({ state: 'redeemed', redeemed_on: '2026-11-16' }),
  ],
  [
    'ck_redeemed_voucher_says_when',
    'a voucher cashed on no day',
    `update payments.voucher set state = 'redeemed' where id = {voucher}`,
  ],
  [
    'guard_voucher_stands',
    'a voucher cashed on another day',
    `update payments.voucher set state = 'redeemed', redeemed_on = '2026-11-16' where id = {voucher}; update payments.voucher set redeemed_on = '2026-11-17' where id = {voucher}`,
  ],
  [
    'guard_voucher_expires_after_its_day',
    'a voucher expired in its time',
    `update payments.voucher set state = 'expired' where id = {voucher}`,
  ],
  ['guard_expired_voucher_comes_back', 'a voucher expired and its money kept', expired],
  [
    'uq_return_once_a_voucher',
    'a voucher’s money back twice',
    expired +
      [1, 2]
        .map(
          () => `insert into payments.returned_payment (authority_id, voucher_id, file_id, family_id, instrument_id, amount, code, due_on)
      select {ours}, v.id, v.file_id, v.family_id, v.instrument_id, v.amount, 'expired', kernel.today() + 3 from payments.voucher v where v.id = {voucher};`,
        )
        .join(''),
  ],
  ['permission denied', 'a voucher of another amount', `update payments.voucher set amount = 1`],
  ['ck_voucher_is_of_something', 'vouchers of nothing', `insert into payments.voucher_terms values ({ours}, 0, 90)`],
  ['ck_voucher_is_valid_some_days', 'vouchers for a day', `insert into payments.voucher_terms values ({ours}, 100, 1)`],
  ['pk_voucher_terms', 'two sets of terms', `insert into payments.voucher_terms values ({ours}), ({ours})`],
];

const profile = (rail: string, provider: string, template: string): string =>
  `insert into payments.rail_profile (authority_id, rail, provider, template) values ({ours}, '${rail}', '${provider}', '${template}')`;
const wrong = (changes: Partial<Record<string, string>> = {}): string => {
  const values = { report_id: '{report}', code: `'0'`, ...changes };
  return `insert into payments.wrong_details (authority_id, report_id, line_no, paid_id, family_id, instrument_id, code, due_on)
    select {ours}, ${values.report_id}, 1, o.id, o.family_id, o.instrument_id, ${values.code}, kernel.today() + 3
      from payments.payment_order o where o.id = {order};`;
};
const others: Attack[] = [
  ['ck_profile_rail_has_templates', 'a template for Bacs', profile('bacs', 'Bank', '{"columns":[{}]}')],
  ['ck_profile_names_its_provider', 'a template of nobody', profile('voucher', ' ', '{"columns":[{}]}')],
  ['ck_profile_has_columns', 'a template without columns', profile('voucher', 'Shop', '{"columns":[]}')],
  ['ck_wrong_details_code_is_known', 'details wrong for no known reason', wrong({ code: `'B'` })],
  ['uq_wrong_details_once_a_line', 'a line taken in twice', wrong() + wrong()],
  ['fk_wrong_details_of_a_report', 'wrong details of no report', wrong({ report_id: '1' })],
  [
    'ck_instrument_kind_is_known',
    'a payment in kind',
    copyOf('families.instrument', 'true', {
      kind: 'shells',
      state: 'proposed',
      cool_off_days: 30,
      approved_by: null,
      approved_on: null,
      usable_from: null,
    }),
  ],
];

describe('The life of a bank file', () => {
  itRefuses(() => scene, lives);

  it('goes on one step at a time', async () => {
    expect(await scene.attack(submitting)).toBe('accepted');
    expect(await scene.attack(unknown)).toBe('accepted');
    expect(await scene.attack(file('file', `state = 'settled', settled_on = '2026-11-26'`))).toBe('accepted');
  });
});

describe('Reports of banks', () => {
  itRefuses(() => scene, [...reports, ...exceptions]);

  it('are kept', async () => {
    expect(await scene.attack(report({}))).toBe('accepted');
  });
});

describe('Payments that came back', () => {
  itRefuses(() => scene, [...returns, ...closings, ...confirmations, ...reissues]);

  it('are closed when their fund has the money again', async () => {
    expect(await scene.attack(closed + notSpent + notUsed)).toBe('accepted');
  });
});

describe('A lost file sent again', () => {
  itRefuses(() => scene, rescues);

  it('goes when two people agreed, with its money', async () => {
    expect(await scene.attack(agreed + instead() + sentAgain)).toBe('accepted');
  });
});

describe('Vouchers, templates and wrong details', () => {
  itRefuses(() => scene, [...vouchers, ...others]);

  it('are accepted as they should be', async () => {
    expect(await scene.attack(wrong())).toBe('accepted');
    expect(await scene.attack(profile('voucher', 'Shop', '{"columns":[{"text":"V"}]}'))).toBe('accepted');
    expect(
      await scene.attack(
        `update payments.voucher set state = 'redeemed', redeemed_on = '2026-11-16' where id = {voucher}`,
      ),
    ).toBe('accepted');
  });
});

describe('Even the owner of the schemas, in files and returns,', () => {
  const kept = ['bank_report', 'details_confirmation', 'reissue', 'rail_profile', 'wrong_details'].flatMap(
    (table): Attack[] => [
      ['guard_append_only', `a row of ${table} changed`, `update payments.${table} set authority_id = authority_id`],
      ['guard_append_only', `a row of ${table} deleted`, `delete from payments.${table}`],
    ],
  );
  const never = ['bank_file', 'returned_payment', 'report_exception', 'voucher', 'voucher_terms', 'rescue'].map(
    (table): Attack => ['guard_append_only', `a row of ${table} deleted`, `delete from payments.${table}`],
  );
  const asOwner: Attack[] = [
    [
      'pk_bank_file',
      'two lives of one file',
      `insert into payments.bank_file (id, authority_id) values ({file}, {ours})`,
    ],
    [
      'fk_bank_file_is_its_export',
      'a life of no file',
      `insert into payments.bank_file (id, authority_id) values (1, {ours})`,
    ],
    [
      'guard_return_stands',
      'another amount of a return',
      `update payments.returned_payment set amount = 1 where id = {back}`,
    ],
    [
      'guard_voucher_stands',
      'another amount of a voucher',
      `update payments.voucher set amount = 1 where id = {voucher}`,
    ],
    [
      'guard_rescue_is_immutable',
      'another rail of a rescue',
      `update payments.rescue set rail = 'bacs' where id = {rescue}`,
    ],
    [
      'guard_bank_details_are_immutable',
      'an account turned into a card',
      `update families.instrument set kind = 'prepaid-card' where kind = 'bank'`,
    ],
  ];
  itRefuses(() => scene, [...kept, ...never, ...asOwner], 'owner');
});
