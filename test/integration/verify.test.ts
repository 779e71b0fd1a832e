import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImportStatement } from '../../src/payments/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { faultsAfter, faultsOf } from '../support/planted-fault.ts';
import { lineOfFile, sentFiles, statementOf } from '../support/statement-files.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let runId: string;
beforeAll(async () => {
  house = await testHouse();
  const { app, council, other } = house;
  await takeIn(app, council, [
    ...familyRows('A-1', {}, child('2020-01-01')),
    ...familyRows('A-2'),
    ...familyRows('A-3'),
  ]);
  await takeIn(app, other, familyRows('THEIRS'));
  runId = await completeRun(app, council, '2026-11-26');
  await completeRun(app, council, '2026-12-03');
  await completeRun(app, other, '2026-11-26');
  const [sent] = await sentFiles(house);
  if (!sent) throw new Error('no file was sent');
  await app.get(ImportStatement).run(council.actors.finance, 's.xml', statementOf(1, '9000.00', [lineOfFile(sent)]));
});
afterAll(() => house.close());

const OF_COUNCIL = `authority_id = (select authority_id from identity.authority where slug = 'northshire')`;
const PAYMENT = `document_id = (select max(document_id) from ledger.transfer where kind = 4 and ${OF_COUNCIL}) and kind = 4`;
const oneEvent = (which: string): string =>
  `${OF_COUNCIL} and seq = (select ${which} from audit.event where ${OF_COUNCIL})`;
const ofRun = `run_id = (select min(run_id) from payments.export_file where ${OF_COUNCIL})`;

const planted: readonly (readonly [what: string, table: string, sql: string, named: RegExp])[] = [
  [
    'a removed bank file',
    'payments.export_file',
    `delete from payments.export_file where ${ofRun}`,
    /^run \d+ says exported, and there is no file of it$/,
  ],
  [
    'a renamed bank file',
    'payments.export_file',
    `update payments.export_file set name = 'x' where ${ofRun}`,
    /^the file of run \d+ has another name$/,
  ],
  [
    'a posted run called cancelled',
    'payments.run',
    `update payments.run set state = 'cancelled', cancelled_reason = 'x' where state = 'exported' and ${OF_COUNCIL}`,
    /^run \d+ says cancelled, the ledger has its payments$/,
  ],
  [
    'an approver and a releaser swapped',
    'payments.run',
    `update payments.run set approved_by = released_by, released_by = approved_by where state = 'exported' and ${OF_COUNCIL}`,
    /^run \d+ has no approval that says what the run says/,
  ],
  [
    'a decision taken out',
    'approvals.decision',
    `delete from approvals.decision where kind = 'section-17-run' and ${OF_COUNCIL}`,
    /^run \d+ has no approval that says what the run says/,
  ],
  [
    'a removed balance',
    'ledger.balance',
    `delete from ledger.balance where ${OF_COUNCIL}`,
    /^balance of .* says nothing/,
  ],
  [
    'a changed story',
    'audit.state_change',
    `delete from audit.state_change where machine = 'run' and to_state = 'approved' and ${OF_COUNCIL}`,
    /^the history of run \d+ does not lead to "exported"$/,
  ],
  [
    'a changed carry',
    'payments.line',
    `update payments.line set carry_sevenths = case when carry_sevenths = 1 then 2 else 1 end where ${ofRun}`,
    /^payment \d+ does not carry on what the payment before it left over$/,
  ],
  [
    'changed rates',
    'subsistence.rate',
    `update subsistence.rate set weekly = weekly + 1 where ${OF_COUNCIL}`,
    /^payment \d+ rests on the rate "person guide 2024-01-15" at 49.18, which is not on record$/,
  ],
  [
    'a payment with a penny more',
    'ledger.transfer',
    `update ledger.transfer set amount = amount + 0.01 where ${PAYMENT}`,
    /^the seal of run \d+ does not seal what is in the ledger now$/,
  ],
  [
    'a balance that no longer fits',
    'ledger.transfer',
    `update ledger.transfer set amount = amount + 0.01 where ${PAYMENT}`,
    /^balance of payable says/,
  ],
  [
    'a payment moved to another account',
    'ledger.transfer',
    `update ledger.transfer set credit_account = (select id from ledger.account where code = 'bank' and ${OF_COUNCIL}) where ${PAYMENT}`,
    /^the seal of run \d+ does not seal/,
  ],
  [
    'a payment moved to another day',
    'ledger.transfer',
    `update ledger.transfer set effective_date = effective_date + 1 where ${PAYMENT}`,
    /^day roll-up of payable on/,
  ],
  [
    'a payment taken out',
    'ledger.transfer',
    `delete from ledger.transfer where ${PAYMENT}`,
    /^the file of run \d+ says 3 × .*, the ledger 2 × /,
  ],
  [
    'a payment slipped in',
    'ledger.transfer',
    `insert into ledger.transfer select 1, run_id, posted_at, debit_account, credit_account, effective_date, kind, leg, authority_id, amount from ledger.transfer where ${PAYMENT}`,
    /^the seal of run \d+ does not seal/,
  ],
  [
    'a changed balance',
    'ledger.balance',
    `update ledger.balance set credits = credits + 100 where account_id = (select id from ledger.account where code = 'section-17:available' and ${OF_COUNCIL})`,
    /^balance of section-17:available says/,
  ],
  [
    'a changed roll-up',
    'ledger.day_rollup',
    `update ledger.day_rollup set n = n + 1 where ${OF_COUNCIL}`,
    /^day roll-up of .* does not equal its transfers$/,
  ],
  ['a removed roll-up', 'ledger.day_rollup', `delete from ledger.day_rollup where ${OF_COUNCIL}`, /^day roll-up of/],
  ['a removed seal', 'ledger.seal', `delete from ledger.seal where ${ofRun}`, /^run \d+ has payments and no seal$/],
  [
    'a gap in the seals',
    'ledger.seal',
    `delete from ledger.seal where ${ofRun}`,
    /^the seal of run \d+ (?:does not follow the seal before it|comes after a gap)$/,
  ],
  [
    'a seal of another total',
    'ledger.seal',
    `update ledger.seal set total = total + 1 where ${ofRun}`,
    /^the seal of run \d+ does not seal/,
  ],
  [
    'a changed audit event',
    'audit.event',
    `update audit.event set action = 'nothing.happened' where ${oneEvent('min(seq) + 1')}`,
    /^audit event 2 was changed after it was written$/,
  ],
  [
    'an audit event in another name',
    'audit.event',
    `update audit.event set actor_id = actor_id + 1 where ${oneEvent('max(seq) filter (where actor_id is not null)')}`,
    /^audit event \d+ was changed after it was written$/,
  ],
  [
    'an audit event written anew, hash and all',
    'audit.event',
    `with lie as (select e, e.seq from audit.event e where ${oneEvent('min(seq) + 1')}) update audit.event t set detail = '{"x": 1}', hash = audit.event_hash((select jsonb_populate_record(e, '{"detail": {"x": 1}}') from lie)) where ${oneEvent('min(seq) + 1')}`,
    /^audit event 3 does not follow the event before it$/,
  ],
  [
    'a removed audit event',
    'audit.event',
    `delete from audit.event where ${oneEvent('min(seq) + 3')}`,
    /^audit event 5 (?:does not follow|comes after a gap)/,
  ],
  [
    'a removed first audit event',
    'audit.event',
    `delete from audit.event where ${oneEvent('min(seq)')}`,
    /^audit event 2 /,
  ],
  [
    'a removed last audit event',
    'audit.event',
    `delete from audit.event where ${oneEvent('max(seq)')}`,
    /^the end of the audit chain is not where the head says: events are missing$/,
  ],
  [
    'a moved end of the audit chain',
    'audit.head',
    `update audit.head set seq = seq - 1 where ${OF_COUNCIL}`,
    /^the end of the audit chain/,
  ],
  [
    'changed bytes of a sealed file',
    'payments.export_file',
    `update payments.export_file set sealed = set_byte(sealed, 200, get_byte(sealed, 200) # 1) where ${OF_COUNCIL}`,
    /^the file of run \d+ cannot be opened/,
  ],
  [
    'a file of another run',
    'payments.export_file',
    `update payments.export_file f set sealed = (select sealed from payments.export_file o where o.authority_id = f.authority_id and o.id <> f.id) where ${OF_COUNCIL}`,
    /^the file of run \d+ cannot be opened/,
  ],
  [
    'another hash of a file',
    'payments.export_file',
    `update payments.export_file set sha256 = sha256('x') where ${OF_COUNCIL}`,
    /^the file of run \d+ does not have its hash$/,
  ],
  [
    'another total of a file',
    'payments.export_file',
    `update payments.export_file set total = total + 1 where ${OF_COUNCIL}`,
    /^the file of run \d+ has another total inside$/,
  ],
  [
    'a changed explanation',
    'payments.line',
    `update payments.line set explanation = jsonb_set(explanation::jsonb, '{lines,0,days}', '6') where ${ofRun}`,
    /^payment \d+ does not add up from its explanation$/,
  ],
  [
    'a changed line',
    'payments.line',
    `update payments.line set amount = amount + 1 where ${ofRun}`,
    /^the lines of run \d+ are not those that were approved$/,
  ],
  [
    'a line paid to another account',
    'payments.line',
    `update payments.line set instrument_id = (select min(id) from families.instrument) where ${ofRun}`,
    /^the lines of run \d+ are not those that were approved$/,
  ],
  [
    'days paid twice',
    'payments.line',
    `update payments.line set covers_from = covers_from - 1 where run_id > (select min(run_id) from payments.export_file) and ${OF_COUNCIL}`,
    /^plan \d+ is paid twice for some days$/,
  ],
  [
    'a match taken out',
    'payments.bank_match',
    `delete from payments.bank_match`,
    /^"settle": reconciliation says none, the ledger 1 × /,
  ],
  [
    'a bank line of another amount',
    'payments.statement_line',
    `update payments.statement_line set amount = amount + 1`,
    /^what is kept of statement file \d+ is not what the file says$/,
  ],
  [
    'a bank statement of other sums',
    'payments.bank_statement',
    `update payments.bank_statement set debits = debits + 1, closing = closing - 1`,
    /^Bank: the ledger and the statements: .* differ by 1.00$/,
  ],
  [
    'changed bytes of a statement file',
    'payments.statement_file',
    `update payments.statement_file set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)`,
    /^statement file \d+ cannot be opened/,
  ],
  [
    'a changed order',
    'payments.payment_order',
    `update payments.payment_order set amount = amount + 1 where ${ofRun}`,
    /^payment order \d+ of run \d+ is not the line that was approved$/,
  ],
  [
    'an order to another account',
    'payments.payment_order',
    `update payments.payment_order set instrument_id = (select min(id) from families.instrument) where ${ofRun}`,
    /^payment order \d+ of run \d+/,
  ],
  [
    'a removed order',
    'payments.payment_order',
    `delete from payments.payment_order where id = (select min(id) from payments.payment_order where ${OF_COUNCIL})`,
    /^run \d+ was approved as 3 × .* and holds 2 × /,
  ],
  [
    'a run of another total',
    'payments.run',
    `update payments.run set total = total + 1 where state = 'exported' and ${OF_COUNCIL}`,
    /^run \d+ was approved as/,
  ],
];

describe('Proving the books', () => {
  it('finds nothing wrong where nothing is', async () => {
    expect(await faultsOf(house)).toEqual([]);
  });

  it.each(planted)('names %s', async (_, table, sql, named) => {
    expect(await faultsAfter(house, table, sql)).toEqual(expect.arrayContaining([expect.stringMatching(named)]));
    expect(await faultsOf(house)).toEqual([]);
  });

  it('names a copy on disk that was changed, and forgives one that was taken away', async () => {
    const path = join(house.config.exportDir, 'northshire', `bacs-2026-11-26-run-${runId}.txt`);
    appendFileSync(path, 'x');
    expect(await faultsOf(house)).toEqual([
      expect.stringMatching(/^the copy on disk of the file of run \d+ was changed/),
    ]);
    writeFileSync(path, '');
    expect(await faultsOf(house)).toHaveLength(1);
    rmSync(path);
    expect(await faultsOf(house)).toEqual([]);
  });
});
