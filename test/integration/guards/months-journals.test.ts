import type { PlainDate } from '../../../src/kernel/index.ts';
import { ImportStatement } from '../../../src/payments/index.ts';
import { answer, putForward } from '../../support/approval-sql.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';
import { lineOfFile, sentFiles, statementOf } from '../../support/statement-files.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
  const { app, council, owner } = scene.house;
  const [file] = await sentFiles(scene.house);
  if (!file) throw new Error('no file was sent in the scene');
  const names = scene.names as Record<string, string>;
  names.send = file.id;
  names.payment = (
    await owner.query<{ id: string }>(
      `select document_id as id from ledger.transfer where kind = 4 and run_id = $1 order by 1 limit 1`,
      [file.runId],
    )
  ).rows[0]!.id;
  await app.get(ImportStatement).run(council.actors.finance, 's.xml', statementOf(1, '9000.00', [lineOfFile(file)]));
  scene.house.setToday('2026-12-01' as PlainDate);
});
afterAll(() => scene.house.close());

/** SQL that says which day it is. */
const on = (day: string): string => `select set_config('mainstay.today', '${day}', true);`;
/** SQL that closes a month, except for what is said. */
function close(changes: Record<string, string> = {}): string {
  const row = {
    ...{
      id: '900001',
      authority_id: '{ours}',
      month: `'2026-11-01'`,
      closed_by: '{finance}',
      closed_on: `'2026-12-01'`,
    },
    ...changes,
  };
  return `insert into ledger.month_close (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
/** SQL that proposes to open it again, except for what is said. */
function reopen(changes: Record<string, string> = {}): string {
  const row = {
    ...{
      id: '900002',
      authority_id: '{ours}',
      close_id: '900001',
      reason: `'A line was found'`,
      proposed_by: '{finance}',
    },
    ...changes,
  };
  return `insert into ledger.month_reopening (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
/** SQL that decides about that, as somebody. */
function decide(changes: Record<string, string> = {}, me = '{administrator}'): string {
  const set = { ...{ state: `'approved'`, decided_by: me, decided_at: 'now()' }, ...changes };
  const pairs = Object.entries(set).map(([column, value]) => `${column} = ${value}`);
  return `select set_config('mainstay.actor', '${me}', true); update ledger.month_reopening set ${pairs.join(', ')} where id = 900002;`;
}
/** SQL that has it signed within a limit and then decides, as it should be. */
function signed(outcome: 'approved' | 'declined' = 'approved'): string {
  const request = putForward('period-reopen', '900002', 'payments.reopening_fingerprint(900002)');
  const state = outcome === 'approved' ? 'approved' : 'refused';
  return request + answer('period-reopen', '900002', { outcome }) + decide({ state: `'${state}'` });
}
const account = (kind: string): string => `(select id from ledger.account where kind = '${kind}')`;
/** SQL that keeps a statement line and posts what left the bank by it, on a day. */
function leaves(day: string, posted = day): string {
  return `insert into payments.statement_file (id, authority_id, name, format, bytes, sha256, sealed, imported_by)
      values (900010, {ours}, 'x', 'mt940', 1, sha256('x'), '\\x0102', {finance});
    insert into payments.bank_statement (id, authority_id, file_id, account, reference, from_day, to_day, opening, credits, debits, closing, lines)
      values (900011, {ours}, 900010, '00009912345678', 'X', '${day}', '${day}', 9, 0, 9, 0, 1);
    insert into payments.statement_line (statement_id, n, booked_on, authority_id, direction, amount, reference, details)
      values (900011, 1, '${day}', {ours}, 'debit', 9, '', '');
    insert into ledger.transfer (document_id, debit_account, credit_account, effective_date, kind, leg, authority_id, amount)
      values (900011, ${account('suspense')}, ${account('bank')}, '${posted}', 41, 0, {ours}, 9);`;
}
/** SQL that says a posting came later, except for what is said. */
function later(changes: Record<string, string> = {}): string {
  const row = {
    ...{ document_id: '900011', kind: '41', leg: '0', authority_id: '{ours}', meant_for: `'2026-11-30'` },
    ...changes,
  };
  return `insert into ledger.posted_later (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
/** SQL that gives an account its codes, except for what is said. */
function code(id: string, kind: string, changes: Record<string, string> = {}): string {
  const row = {
    ...{
      id,
      authority_id: '{ours}',
      account_id: account(kind),
      cost_centre: `'CC1'`,
      subjective: `'S1'`,
      set_by: '{finance}',
    },
    ...changes,
  };
  return `insert into ledger.journal_code (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
const CODES = code('900020', 'payable') + code('900021', 'clearing') + code('900022', 'bank');
const TOTAL = `(select amount from ledger.transfer where document_id = {send} and kind = 6)`;
/** SQL that makes a journal of the file that was sent, except for what is said. */
function batch(changes: Record<string, string> = {}): string {
  const row = {
    ...{
      id: '900030',
      authority_id: '{ours}',
      number: '1',
      up_to: `'2026-12-31'`,
      postings: '1',
      total: TOTAL,
      sha256: `sha256('x')`,
    },
    ...{ made_by: '{finance}', ...changes },
  };
  return `insert into ledger.journal_batch (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
function line(changes: Record<string, string> = {}): string {
  const row = {
    ...{ batch_id: '900030', n: '1', document_id: '{send}', kind: '6', leg: '0', authority_id: '{ours}' },
    ...{ debit_code: '900020', credit_code: '900021', ...changes },
  };
  return `insert into ledger.journal_line (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}

const months: Attack[] = [
  ['ck_month_is_named_by_its_first_day', 'half a month closed', close({ month: `'2026-10-15'` })],
  ['ck_month_is_over_when_it_closes', 'a month closed before it is over', close({ closed_on: `'2026-11-30'` })],
  ['ck_month_close_note_is_short', 'a note as long as a letter', close({ note: `repeat('x', 501)` })],
  [
    'fk_month_closed_by_a_user',
    'a month closed by nobody',
    `select set_config('mainstay.actor', '{their_user}', true);${close({ closed_by: '{their_user}' })}`,
  ],
  ['guard_month_is_closed_in_person', "a month closed in another's name", close({ closed_by: '{finance2}' })],
  ['guard_month_is_closed_once', 'a month closed twice', close() + close({ id: '900003' })],
  [
    'guard_month_closes_with_nothing_in_suspense',
    'a month closed with something in suspense',
    leaves('2026-11-30') + close(),
  ],
  ['guard_closed_month_stands', 'a posting into a closed month', close() + leaves('2026-11-30')],
  [
    'guard_closed_month_stands',
    'a posting into a month closed again',
    close() +
      reopen() +
      signed() +
      `select set_config('mainstay.actor', '{finance}', true);` +
      close({ id: '900004' }) +
      leaves('2026-11-30'),
  ],
  ['permission denied', 'a closing taken out', `delete from ledger.month_close`],
  ['ck_month_reopening_has_a_reason', 'a month opened without a reason', close() + reopen({ reason: `' '` })],
  ['ck_month_reopening_state_is_known', 'in no known state', close() + reopen() + decide({ state: `'maybe'` })],
  ['ck_month_reopening_needs_two_people', 'a month opened by one person', close() + reopen() + decide({}, '{finance}')],
  [
    'ck_month_reopening_says_who_decided',
    'a month opened by nobody',
    `${close()}${reopen()}select set_config('mainstay.actor', '', true); update ledger.month_reopening set state = 'approved' where id = 900002`,
  ],
  ['fk_month_reopening_of_a_close', 'an open month opened', reopen()],
  ['guard_proposal_is_made_in_person', "proposed in another's name", close() + reopen({ proposed_by: '{finance2}' })],
  [
    'fk_month_reopening_proposed_by_a_user',
    "proposed by another council's person",
    `${close()}select set_config('mainstay.actor', '{their_user}', true);${reopen({ proposed_by: '{their_user}' })}`,
  ],
  [
    'fk_month_reopening_decided_by_a_user',
    "opened by another council's person",
    close() + reopen() + decide({}, '{their_user}'),
  ],
  ['guard_reopening_is_approved', 'a month opened without a signature', close() + reopen() + decide()],
  [
    'guard_reopening_is_approved',
    'a month opened for another reason than was signed',
    close() +
      reopen() +
      putForward('period-reopen', '900002', `sha256('another reason')`) +
      answer('period-reopen', '900002') +
      decide(),
  ],
  ['uq_month_reopening_once', 'proposed twice at once', close() + reopen() + reopen({ id: '900005' })],
  ['guard_later_posting_is_of_a_closed_month', 'a posting called late that is in time', leaves('2026-11-30') + later()],
  [
    'guard_later_posting_is_of_a_closed_month',
    'a posting called late for an open month',
    close() + leaves('2026-12-01') + later({ meant_for: `'2026-10-30'` }),
  ],
  [
    'fk_posted_later_is_a_transfer',
    'nothing called late',
    close() + `set constraints all deferred;${later({ document_id: '1' })}`,
  ],
  ['pk_posted_later', 'late twice', close() + leaves('2026-11-30', '2026-12-01') + later() + later()],
];

const journals: Attack[] = [
  ['fk_journal_code_of_an_account', 'codes of no account', code('900020', 'payable', { account_id: '999999' })],
  ['ck_cost_centre_is_a_code', 'a cost centre that is a formula', code('900020', 'payable', { cost_centre: `'=1+1'` })],
  [
    'ck_subjective_is_a_code',
    'a subjective code that is a sentence',
    code('900020', 'payable', { subjective: `'Family support'` }),
  ],
  ['fk_journal_code_set_by_a_user', 'codes nobody gave', code('900020', 'payable', { set_by: '{their_user}' })],
  ['ck_journal_batch_has_something', 'a journal of nothing', batch({ postings: '0', total: '0' })],
  ['ck_journal_batch_sha256', 'a journal without its hash', batch({ sha256: `'\\x00'` })],
  [
    'fk_journal_batch_made_by_a_user',
    'a journal of nobody',
    `select set_config('mainstay.actor', '{their_user}', true);${CODES}${batch({ made_by: '{their_user}' })}${line()}`,
  ],
  ['guard_journal_is_made_in_person', "a journal in another's name", batch({ made_by: '{finance2}' })],
  ['guard_journal_batch_follows_the_last', 'a journal with a number left out', batch({ number: '2' })],
  ['guard_journal_batch_is_whole', 'a journal without its lines', batch()],
  ['guard_journal_batch_is_its_lines', 'a journal of another total', CODES + batch({ total: '1.00' }) + line()],
  [
    'guard_journal_batch_is_its_lines',
    'a posting after its last day',
    CODES + batch({ up_to: `'2026-11-20'` }) + line(),
  ],
  [
    'guard_journal_batch_is_its_lines',
    "a posting under another account's code",
    CODES + batch() + line({ credit_code: '900022' }),
  ],
  ['guard_journal_batch_is_its_lines', 'a line of no journal', CODES + line()],
  [
    'guard_journal_batch_is_its_lines',
    'a line put in afterwards',
    CODES + batch() + line() + line({ n: '2', document_id: '{payment}', kind: '4' }),
  ],
  [
    'fk_journal_line_is_a_transfer',
    'a line of no posting',
    CODES + batch({ postings: '2' }) + line({ document_id: '1' }),
  ],
  [
    'pk_journal_line',
    'a posting in two journals',
    CODES + batch() + line() + batch({ id: '900031', number: '2' }) + line({ batch_id: '900031' }),
  ],
  [
    'uq_journal_line_has_its_place',
    'two lines in one place',
    CODES + batch({ postings: '2' }) + line().replace(/;$/, ', (900030, 1, {payment}, 4, 0, {ours}, 900020, 900021);'),
  ],
  ['permission denied', 'a journal taken out', `delete from ledger.journal_batch`],
];

describe('Months', () => {
  itRefuses(() => scene, months);
});
describe('Journals', () => {
  itRefuses(() => scene, journals);
});

describe('When nothing is wrong, it', () => {
  it.each([
    ['closes a month', close()],
    ['posts into an open month', leaves('2026-11-30')],
    ['posts later what belongs to a closed month, with a link', close() + leaves('2026-11-30', '2026-12-01') + later()],
    ['opens a month again by two people, and posts into it', close() + reopen() + signed() + leaves('2026-11-30')],
    ['keeps a month closed that somebody refuses to open', close() + reopen() + signed('declined')],
    ['makes a journal', CODES + batch() + line()],
  ])('%s', async (_, sql) => {
    expect(await scene.attack(sql)).toBe('accepted');
  });

  it('finds the day to post on: the day itself, else today, else the next open month', async () => {
    const asked = async (today: string, day: string): Promise<string> => {
      const guard = `do $$ begin if ledger.open_day({ours}::smallint, '${day}') is null then null; end if;
        raise exception using errcode = 'MS001', constraint = 'day_' || ledger.open_day({ours}::smallint, '${day}'); end $$;`;
      return scene.attack(close() + on(today) + guard);
    };
    expect(await asked('2026-12-05', '2026-12-03')).toBe('day_2026-12-03');
    expect(await asked('2026-12-05', '2026-11-26')).toBe('day_2026-12-05');
    expect(await asked('2026-11-29', '2026-11-26')).toBe('day_2026-12-01');
  });
});

describe('Even the owner of the schemas, in months and journals,', () => {
  itRefuses(
    () => scene,
    [
      ['guard_append_only', 'a closing taken out', `delete from ledger.month_close`],
      ['guard_append_only', 'a proposal to open taken out', `delete from ledger.month_reopening`],
      ['guard_append_only', 'a journal line taken out', `delete from ledger.journal_line`],
      ['guard_append_only', 'a journal changed', `update ledger.journal_batch set number = 2`],
      ['guard_append_only', 'codes changed', `update ledger.journal_code set subjective = 'X'`],
      ['guard_append_only', 'a link rubbed out', `truncate ledger.posted_later`],
      ['guard_closed_month_stands', 'a posting into a closed month', close() + leaves('2026-11-30')],
    ],
    'owner',
  );
});
