import type { PlainDate } from '../../../src/kernel/index.ts';
import { bankScene } from '../../support/bank-scene.ts';
import { answer, freeze, putForward } from '../../support/approval-sql.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
  scene.house.setToday('2026-11-27' as PlainDate);
  Object.assign(scene.names, await bankScene(scene.house));
});
afterAll(() => scene.house.close());

/** SQL that keeps another statement of the next days, except for what is said, with its one line. */
function statement(changes: Record<string, string> = {}, lines: string | null = line()): string {
  const row = {
    ...{
      id: '900001',
      authority_id: '{ours}',
      file_id: '{statement_file}',
      account: `'00009912345678'`,
      reference: `'NEXT'`,
    },
    ...{
      from_day: `'2026-11-27'`,
      to_day: `'2026-11-30'`,
      opening: '10.00',
      credits: '5.00',
      debits: '0',
      closing: '15.00',
      lines: '1',
    },
    ...changes,
  };
  const insert = `insert into payments.bank_statement (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
  return insert + (lines ?? '');
}
/** SQL that writes a line of that statement, except for what is said. */
function line(changes: Record<string, string> = {}): string {
  const row = {
    ...{
      id: '900002',
      statement_id: '900001',
      n: '1',
      booked_on: `'2026-11-30'`,
      authority_id: '{ours}',
      direction: `'credit'`,
    },
    ...{ amount: '5.00', reference: `'R'`, details: `''`, ...changes },
  };
  return `insert into payments.statement_line (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
/** SQL that keeps a statement file, except for what is said. */
function file(changes: Record<string, string> = {}): string {
  const row = {
    ...{ id: '900003', authority_id: '{ours}', name: `'s.xml'`, format: `'mt940'`, bytes: '10', sha256: `sha256('x')` },
    ...{ sealed: `'\\x0102'`, imported_by: '{finance}', ...changes },
  };
  return `insert into payments.statement_file (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
/** SQL that matches the line nobody knows by hand, except for what is said. */
function match(changes: Record<string, string> = {}): string {
  const row = {
    ...{
      id: '900004',
      line_id: '{charge_line}',
      document_id: '{file}',
      matched_by: '{finance}',
      authority_id: '{ours}',
    },
    ...{ amount: '1.00', source: `'file'`, how: `'by-hand'`, note: `'The bank rang'`, ...changes },
  };
  return `insert into payments.bank_match (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
/** SQL that matches the same as the rules would, in a round of its own. */
const round = (changes: Record<string, string> = {}): string =>
  match({ how: `'amount-and-day'`, matched_by: 'null', note: `''`, round_id: '900020', ...changes });
const ROUND_OF_THE_SCENE = '(select round_id from payments.bank_match where id = {match})';
/** SQL that takes the match of the scene back, except for what is said. */
function unmatch(changes: Record<string, string> = {}): string {
  const row = {
    ...{ id: '900005', authority_id: '{ours}', match_id: '{match}', reason: `'Wrong'`, unmatched_by: '{finance}' },
    ...changes,
  };
  return `insert into payments.bank_unmatch (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
/** SQL that proposes to write off what nobody knows, except for what is said. */
function writeOff(changes: Record<string, string> = {}): string {
  const row = {
    ...{ id: '900006', authority_id: '{ours}', line_id: '{strange_line}', amount: '12.34', category: `'unexplained'` },
    ...{ reason: `'Nobody knows'`, proposed_by: '{finance}', ...changes },
  };
  return `insert into payments.write_off (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
/** SQL that decides about a write-off, as another person. */
function decide(changes: Record<string, string> = {}, id = '{write_off}', me = '{administrator}'): string {
  const set = { ...{ state: `'approved'`, decided_by: me, decided_at: 'now()' }, ...changes };
  const pairs = Object.entries(set).map(([column, value]) => `${column} = ${value}`);
  return `select set_config('mainstay.actor', '${me}', true); update payments.write_off set ${pairs.join(', ')} where id = ${id};`;
}
/** SQL that signs its request and then decides, as it should be. */
function signed(outcome: 'approved' | 'declined' = 'approved', changes: Record<string, string> = {}): string {
  const state = outcome === 'approved' ? 'approved' : 'refused';
  return answer('write-off', '{write_off}', { outcome }) + decide({ state: `'${state}'`, ...changes });
}
function owner(changes: Record<string, string> = {}): string {
  const row = {
    ...{ id: '900007', authority_id: '{ours}', kind: `'line'`, subject_id: '{strange_line}', owner_id: '{finance}' },
    ...changes,
  };
  return `insert into payments.bank_exception_owner (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
/** SQL that posts one transfer between the council's own accounts. */
function post(kind: number, document: string, debit: string, credit: string, amount: string, leg = '0'): string {
  const account = (name: string): string => `(select id from ledger.account where kind = '${name}')`;
  return `insert into ledger.transfer (document_id, debit_account, credit_account, effective_date, kind, leg, authority_id, amount)
    values (${document}, ${account(debit)}, ${account(credit)}, '2026-11-27', ${kind}, ${leg}, {ours}, ${amount});`;
}

const files: Attack[] = [
  ['pk_statement_file', 'two files of one number', file({ id: '{statement_file}' })],
  ['ck_statement_file_has_a_name', 'a file without a name', file({ name: `' '` })],
  ['ck_statement_format_is_known', 'a file in an unknown layout', file({ format: `'pdf'` })],
  ['ck_statement_file_is_not_empty', 'an empty file', file({ bytes: '0' })],
  ['ck_statement_file_sha256', 'a file without its hash', file({ sha256: `'\\x00'` })],
  ['ck_statement_file_is_sealed', 'a file kept in the open', file({ sealed: `'<Document>'` })],
  ['fk_statement_file_imported_by_a_user', 'a file nobody took in', file({ imported_by: '{their_user}' })],
  [
    'uq_statement_file_once',
    'the same bytes twice',
    file({ sha256: `(select sha256 from payments.statement_file limit 1)` }),
  ],
  ['permission denied', 'a file changed', `update payments.statement_file set name = 'x'`],
];

const statements: Attack[] = [
  ['pk_bank_statement', 'two statements of one number', statement({ id: '{statement}' })],
  ['guard_statement_is_of_our_account', "another's account", statement({ account: `'20000012345678'` })],
  ['ck_statement_has_a_reference', 'a statement without a reference', statement({ reference: `' '` })],
  [
    'ck_statement_credits_are_not_below_nought',
    'credits below nought',
    statement({ credits: '-5.00', closing: '5.00' }),
  ],
  ['ck_statement_debits_are_not_below_nought', 'debits below nought', statement({ debits: '-1.00', closing: '16.00' })],
  ['ck_statement_counts_its_lines', 'fewer than no lines', statement({ lines: '-1' })],
  ['ck_statement_adds_up', 'a closing balance that is not what the lines come to', statement({ closing: '15.01' })],
  ['ck_statement_days_are_in_order', 'a statement that closes before it opens', statement({ to_day: `'2026-11-26'` })],
  ['uq_statement_once', 'the same statement twice', statement({ reference: `'ST-1'` })],
  [
    'uq_statement_says_something_new',
    'the same statement under another name',
    `insert into payments.bank_statement (authority_id, file_id, account, reference, from_day, to_day, opening, credits, debits, closing, lines)
      select authority_id, file_id, account, 'OTHER', to_day, to_day, 1, 0, 0, 1, 0 from payments.bank_statement where id = {statement};
     insert into payments.bank_statement (authority_id, file_id, account, reference, from_day, to_day, opening, credits, debits, closing, lines)
      select authority_id, file_id, account, 'ANOTHER', to_day, to_day, 1, 0, 0, 1, 0 from payments.bank_statement where id = {statement}`,
  ],
  ['guard_statement_days_are_new', 'days that are in another statement', statement({ from_day: `'2026-11-20'` })],
  ['fk_statement_of_a_file', 'a statement of no file', statement({ file_id: '1' })],
  ['guard_statement_is_its_lines', 'lines that come to another sum', statement({}, line({ amount: '6.00' }))],
  ['guard_statement_is_its_lines', 'a line of another day', statement({}, line({ booked_on: `'2025-11-30'` }))],
  [
    'guard_statement_is_its_lines',
    'one more line of a statement that has its lines',
    line({ statement_id: '{statement}', n: '9' }),
  ],
  ['guard_statement_is_its_lines', 'a line of no statement', line({ statement_id: '1' })],
  ['guard_statement_is_whole', 'a statement without its lines', statement({}, null)],
  ['pk_statement_line', 'two lines of one number', statement({}, line({ id: '{matched_line}' }))],
  [
    'uq_line_has_its_place',
    'two lines in one place',
    statement({ lines: '2', credits: '10.00', closing: '20.00' }, null) +
      line().replace(/;$/, `, (900010, 900001, 1, '2026-11-30', {ours}, 'credit', 5.00, 'R', '')`),
  ],
  ['ck_line_direction_is_known', 'a line that goes neither way', statement({}, line({ direction: `'up'` }))],
  ['ck_statement_line_is_above_nought', 'a line of nothing', statement({}, line({ amount: '0' }))],
  [
    'ck_line_reference_is_short',
    'a reference as long as a letter',
    statement({}, line({ reference: `repeat('x', 141)` })),
  ],
  ['ck_line_details_are_short', 'details as long as a letter', statement({}, line({ details: `repeat('x', 301)` }))],
  ['permission denied', 'a line changed', `update payments.statement_line set amount = 1`],
  ['permission denied', 'a statement deleted', `delete from payments.bank_statement`],
];

const matches: Attack[] = [
  ['pk_bank_match', 'two matches of one number', match({ id: '{match}', line_id: '{charge_line}' })],
  ['ck_match_is_above_nought', 'a match of nothing', match({ amount: '0' })],
  ['ck_match_says_how', 'a match by magic', match({ how: `'magic'`, matched_by: 'null' })],
  ['ck_hand_match_is_somebodys_with_a_note', 'a match by hand without a note', match({ note: `' '` })],
  ['ck_hand_match_is_somebodys_with_a_note', 'a match by hand of nobody', match({ matched_by: 'null' })],
  ['ck_hand_match_is_somebodys_with_a_note', "a match of the rules in somebody's name", match({ how: `'reference'` })],
  ['ck_hand_match_is_of_no_round', 'a match by hand put among what the rules found', match({ round_id: '900020' })],
  [
    'guard_round_is_kept_whole',
    'one more match in a round that is posted',
    unmatch() + round({ round_id: ROUND_OF_THE_SCENE }),
  ],
  [
    'permission denied',
    'what a day comes to written down without its lines',
    `insert into payments.bank_day_sum values (900021, {ours}, 0, '2026-11-27', 1, 'round', 'debit', 5.00)`,
  ],
  ['guard_match_is_made_in_person', "a match in another's name", match({ matched_by: '{finance2}' })],
  [
    'guard_match_joins_a_line_to_what_it_paid',
    'money that came in matched to a file that went out',
    match({ line_id: '{strange_line}' }),
  ],
  ['guard_match_joins_a_line_to_what_it_paid', 'a line matched to nothing', match({ document_id: '1' })],
  [
    'guard_match_joins_a_line_to_what_it_paid',
    'a line matched to something of another sort',
    match({ source: `'return'` }),
  ],
  ['guard_match_joins_a_line_to_what_it_paid', 'no line matched', match({ line_id: '1' })],
  ['guard_line_is_matched_once', 'a line matched twice', match({ line_id: '{matched_line}' })],
  ['guard_line_is_matched_once', 'more matched than the line has', unmatch() + match({ amount: '7.51' })],
  ['guard_expected_is_matched_once', 'a file matched twice', match()],
  ['permission denied', 'a match changed', `update payments.bank_match set amount = 1`],
  ['fk_unmatch_of_a_match', 'no match taken back', unmatch({ match_id: '1' })],
  ['pk_bank_unmatch', 'two of one number', unmatch() + match({ id: '900011' }) + unmatch({ match_id: '900011' })],
  ['uq_match_is_taken_back_once', 'a match taken back twice', unmatch() + unmatch({ id: '900012' })],
  ['ck_unmatch_has_a_reason', 'a match taken back without a reason', unmatch({ reason: `' '` })],
  ['guard_unmatch_is_made_in_person', "a match taken back in another's name", unmatch({ unmatched_by: '{finance2}' })],
  [
    'guard_unmatch_is_made_in_person',
    'what a person matched taken back by nobody',
    unmatch() + match() + unmatch({ id: '900013', match_id: '900004', unmatched_by: 'null' }),
  ],
];

const shown: Attack[] = [
  [
    'guard_shown_file_is_at_the_bank',
    'a file handed in that a statement shows',
    `update payments.bank_file set state = 'submitting', begun_by = {finance}, begun_on = '2026-11-27' where id = {file}`,
  ],
];

const writeOffs: Attack[] = [
  ['ck_write_off_is_above_nought', 'nothing written off', writeOff({ amount: '0' })],
  ['ck_write_off_category_is_known', 'written off for an unknown reason', writeOff({ category: `'gift'` })],
  ['ck_write_off_has_a_reason', 'written off without a reason', writeOff({ reason: `' '` })],
  ['ck_write_off_state_is_known', 'in no known state', decide({ state: `'maybe'` })],
  ['ck_write_off_needs_two_people', 'written off by one person', decide({}, '{write_off}', '{finance}')],
  [
    'ck_write_off_says_who_decided',
    'written off by nobody',
    `select set_config('mainstay.actor', '', true); update payments.write_off set state = 'approved' where id = {write_off}`,
  ],
  ['fk_write_off_of_a_line', 'no line written off', writeOff({ line_id: '1', amount: '1.00' })],
  ['guard_proposal_is_made_in_person', "proposed in another's name", writeOff({ proposed_by: '{finance2}' })],
  [
    'guard_proposal_is_made_in_person',
    'born approved',
    writeOff({ state: `'approved'`, decided_by: '{administrator}' }),
  ],
  ['guard_proposal_is_decided_once', 'decided twice', signed() + decide({ state: `'refused'` })],
  ['permission denied', 'another amount under the same approval', decide({ amount: '1.00' })],
  [
    'fk_write_off_proposed_by_a_user',
    "proposed by another council's person",
    `select set_config('mainstay.actor', '{their_user}', true);${writeOff({ proposed_by: '{their_user}' })}`,
  ],
  [
    'fk_write_off_decided_by_a_user',
    "decided by another council's person",
    decide({ state: `'refused'` }, '{write_off}', '{their_user}'),
  ],
  ['uq_write_off_one_open', 'proposed twice at once', writeOff({ line_id: '{charge_line}', amount: '1.00' })],
  ['guard_line_is_matched_once', 'more written off than the line has', writeOff({ amount: '12.35' })],
  [
    'guard_line_is_matched_once',
    'written off what is matched',
    writeOff({ line_id: '{matched_line}', amount: '0.01' }),
  ],
  [
    'guard_line_is_matched_once',
    'approved when it was matched meanwhile',
    unmatch() + match({ amount: '7.50' }) + signed(),
  ],
  ['guard_write_off_is_approved', 'approved without a signature', decide()],
  ['guard_write_off_is_approved', 'refused without a signature', decide({ state: `'refused'` })],
  [
    'guard_write_off_is_approved',
    'approved by somebody who did not sign',
    answer('write-off', '{write_off}', { who: 'finance2', role: 'finance' }) + decide(),
  ],
  [
    'guard_write_off_is_approved',
    'approved where it was declined',
    answer('write-off', '{write_off}', { outcome: 'declined' }) + decide(),
  ],
  [
    'guard_write_off_is_approved',
    'approved on a signature for something else',
    putForward('write-off', '1', `sha256('x')`, '7.50') + answer('write-off', '1') + decide(),
  ],
  [
    'ck_nobody_decides_their_own_proposal',
    'signed by whoever proposed it',
    answer('write-off', '{write_off}', { who: 'finance', role: 'finance' }),
  ],
  [
    'guard_approvals_are_closed_in_a_freeze',
    'signed while approvals of write-offs are closed',
    freeze({ kinds: `'write-off'` }) + answer('write-off', '{write_off}'),
  ],
  ['permission denied', 'a write-off deleted', `delete from payments.write_off`],
];

const exceptions: Attack[] = [
  ['ck_bank_exception_kind_is_known', 'an exception of no kind', owner({ kind: `'odd'` })],
  ['ck_bank_exception_note_is_short', 'a note as long as a letter', owner({ note: `repeat('x', 501)` })],
  [
    'fk_bank_exception_owned_by_a_user',
    "an exception of another council's person",
    owner({ owner_id: '{their_user}' }),
  ],
  ['permission denied', 'an owner rubbed out', `delete from payments.bank_exception_owner`],
];

const LAYOUT = `{"header": ["a", "b", "c"]}`;
function layout(changes: Record<string, string> = {}, me = '{administrator}'): string {
  const row = { authority_id: '{ours}', name: `'Our bank'`, layout: `'${LAYOUT}'`, set_by: me, ...changes };
  return `select set_config('mainstay.actor', '${me}', true);
    insert into payments.statement_layout (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
const layouts: Attack[] = [
  ['pk_statement_layout', 'two layouts with one number', layout({ id: '900020' }) + layout({ id: '900020' })],
  ['ck_statement_layout_has_a_name', 'a layout of no bank', layout({ name: `' '` })],
  ['ck_statement_layout_has_columns', 'a layout without columns', layout({ layout: `'{}'` })],
  [
    'guard_statement_layout_is_set_by_an_administrator',
    "a layout of another council's person",
    layout({}, '{their_user}'),
  ],
  ['guard_statement_layout_is_set_by_an_administrator', 'a layout set by finance', layout({}, '{finance}')],
  [
    'guard_statement_layout_is_set_by_an_administrator',
    "a layout in another's name",
    layout({ set_by: '{administrator}' }, '{finance}'),
  ],
  ['permission denied', 'a layout changed', `update payments.statement_layout set is_used = false`],
  ['permission denied', 'a layout deleted', `delete from payments.statement_layout`],
];

const transfers: Attack[] = [
  [
    'guard_transfer_is_its_document',
    'more out of the bank than the statement says',
    post(41, '{statement}', 'suspense', 'bank', '7.51', '2'),
  ],
  [
    'guard_transfer_is_its_document',
    'out of the bank on a day without lines',
    post(41, '{statement}', 'suspense', 'bank', '7.50', '9'),
  ],
  ['guard_transfer_is_its_document', 'into the bank without a statement', post(42, '1', 'bank', 'suspense', '5.00')],
  ['pk_transfer', "a statement's day posted twice", post(42, '{statement}', 'bank', 'suspense', '12.34', '1')],
  ['guard_transfer_is_its_document', 'settled without a match', post(43, '1', 'clearing', 'suspense', '5.00')],
  [
    'guard_transfer_is_its_document',
    'a match of money that left posted as money that came',
    unmatch() + match({ id: '900014' }) + post(44, '900014', 'suspense', 'clearing', '1.00'),
  ],
  [
    'guard_transfer_is_its_document',
    'more settled than matched',
    unmatch() + match() + post(43, '900004', 'clearing', 'suspense', '1.01'),
  ],
  [
    'guard_transfer_is_its_document',
    'more settled than a round comes to',
    unmatch() + round() + post(43, '900020', 'clearing', 'suspense', '1.01'),
  ],
  [
    'guard_transfer_is_its_document',
    'a match of a round posted by itself as well',
    unmatch() + round() + post(43, '900004', 'clearing', 'suspense', '1.00'),
  ],
  [
    'guard_transfer_is_its_document',
    'a round of money that left posted as money that came',
    unmatch() + round() + post(44, '900020', 'suspense', 'clearing', '1.00'),
  ],
  [
    'guard_transfer_is_its_document',
    "a statement's day settled as if it were matched",
    post(43, '{statement}', 'clearing', 'suspense', '7.50', '2'),
  ],
  [
    'pk_transfer',
    "a round's day posted twice",
    unmatch() + round() + post(43, '900020', 'clearing', 'suspense', '1.00').repeat(2),
  ],
  ['guard_transfer_is_its_document', 'taken back what stands', post(45, '{match}', 'suspense', 'clearing', '5.00')],
  [
    'guard_transfer_is_its_document',
    'money that left taken back as money that came',
    unmatch() + post(46, '900005', 'clearing', 'suspense', '1.00'),
  ],
  [
    'guard_transfer_is_its_document',
    'written off by one person',
    post(47, '{write_off}', 'written-off', 'suspense', '7.50'),
  ],
  [
    'guard_transfer_is_its_document',
    'more written off than was approved',
    signed() + post(47, '{write_off}', 'written-off', 'suspense', '7.51'),
  ],
  [
    'guard_transfer_is_its_document',
    "a charge posted as the council's money",
    signed() + post(49, '{write_off}', 'council', 'suspense', '7.50'),
  ],
  [
    'guard_transfer_goes_where_its_kind_goes',
    'settled straight out of the bank',
    unmatch() + match() + post(43, '900004', 'clearing', 'bank', '1.00'),
  ],
];

describe('Statement files', () => {
  itRefuses(() => scene, files);
});
describe('Bank statements', () => {
  itRefuses(() => scene, statements);
});
describe('Matches', () => {
  itRefuses(() => scene, [...matches, ...shown]);
});
describe('Write-offs', () => {
  itRefuses(() => scene, writeOffs);
});
describe('Layouts of statements', () => {
  itRefuses(() => scene, layouts);
});
describe('Exceptions', () => {
  itRefuses(() => scene, exceptions);
});
describe('What the bank’s business posts', () => {
  itRefuses(() => scene, transfers);
});

describe('When nothing is wrong, it', () => {
  it.each([
    ['keeps a file', file()],
    ['keeps a statement with its line', statement()],
    ['keeps a statement without lines', statement({ lines: '0', credits: '0', closing: '10.00' }, null)],
    ['matches by hand, in parts', `${unmatch()}${match({ amount: '2.50' })}${match({ id: '900015', amount: '5.00' })}`],
    ['settles what is matched', `${unmatch()}${match()}${post(43, '900004', 'clearing', 'suspense', '1.00')}`],
    ['settles a day of a round', `${unmatch()}${round()}${post(43, '900020', 'clearing', 'suspense', '1.00')}`],
    ['takes back', unmatch()],
    ['writes off by two people', signed() + post(47, '{write_off}', 'written-off', 'suspense', '7.50')],
    ['refuses to write off', signed('declined')],
    ['says who looks after it', owner()],
    ['keeps a layout, and another word for the same bank', layout() + layout({ is_used: 'false' })],
  ])('%s', async (_, sql) => {
    expect(await scene.attack(sql)).toBe('accepted');
  });
});

describe('Even the owner of the schemas, in bank statements,', () => {
  itRefuses(
    () => scene,
    [
      ['guard_append_only', 'a statement deleted', `delete from payments.bank_statement`],
      ['guard_append_only', 'a line changed', `update payments.statement_line set amount = 1`],
      [
        'pk_bank_day_sum',
        'another sum of the same day',
        `insert into payments.bank_day_sum select document_id, authority_id, leg, booked_on, lines, source, direction, 1 from payments.bank_day_sum`,
      ],
      ['guard_append_only', 'what a day comes to changed', `update payments.bank_day_sum set amount = 1`],
      ['guard_append_only', 'a match deleted', `delete from payments.bank_match`],
      ['guard_append_only', 'what was taken back emptied', `truncate payments.bank_unmatch`],
      ['guard_append_only', 'a write-off deleted', `delete from payments.write_off`],
      [
        'guard_proposal_stands_as_made',
        'another amount written off',
        `select set_config('mainstay.actor', '{administrator}', true); update payments.write_off set amount = 1 where id = {write_off}`,
      ],
      ['guard_append_only', 'an owner changed', `update payments.bank_exception_owner set note = ''`],
      ['guard_append_only', 'a layout changed', `update payments.statement_layout set name = 'x'`],
      ['guard_append_only', 'a file changed', `update payments.statement_file set name = 'x'`],
    ],
    'owner',
  );
});
