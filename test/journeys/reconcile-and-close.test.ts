import { createHash } from 'node:crypto';
import request from 'supertest';
import { Money, type PlainDate } from '../../src/kernel/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun, finishRun } from '../support/complete-run.ts';
import { Client, problemIn } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { lineOfFile, type SentFile, sentFiles, statementOf } from '../support/statement-files.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const day = (text: string): PlainDate => text as PlainDate;

let house: TestHouse;
let client: Client;
let files: SentFile[];
/** A second person of finance is an administrator here: who proposed never decides. */
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await takeIn(house.app, house.council, [...familyRows('F-1'), ...familyRows('F-2')]);
  await completeRun(house.app, house.council, '2026-11-26');
  house.setToday(day('2026-11-27'));
});
afterAll(() => house.close());

const take = (bytes: Buffer) =>
  request(house.url)
    .post('/api/v1/bank-statements')
    .auth(house.council.tokens.finance, { type: 'bearer' })
    .set('content-type', 'application/octet-stream')
    .send(bytes);
const read = async <T>(path: string, as: Persona = 'finance'): Promise<T> =>
  (await client.get(as, path).expect(200)).body as T;
interface Line {
  readonly id: string;
  readonly amount: string;
  readonly toMatch: string;
  readonly reference: string;
}
const toMatch = async (): Promise<Line[]> => (await read<{ lines: Line[] }>('/bank-statements/to-match')).lines;
interface Detail {
  readonly line: Line;
  readonly matches: { id: string; how: string; amount: string; documentId: string; takenBackBecause: string | null }[];
  readonly suggestions: { expected: { id: string }; why: string }[];
}
const detail = (id: string): Promise<Detail> => read<Detail>(`/bank-lines/${id}`);
const proof = () => read<{ isTied: boolean; lines: { name: string; difference: string }[] }>('/three-way-proof');

describe('What the bank shows', () => {
  let half: Line;

  it('is left to a person where two lines fit one file, each with a reason', async () => {
    files = await sentFiles(house);
    const [file] = files as [SentFile];
    const twice = [lineOfFile(file), lineOfFile(file, { date: day('2026-11-27') })];
    await take(statementOf(1, '9000.00', [...twice, { ...twice[1]!, amount: '7.77', reference: 'CHARGE' }])).expect(
      201,
    );
    const [one, two, charge] = (await toMatch()) as [Line, Line, Line];
    expect([one.amount, two.amount, charge.amount]).toEqual([file.total, file.total, '7.77']);
    const { suggestions } = await detail(one.id);
    expect(suggestions).toMatchObject([
      { expected: { id: file.id }, why: 'The bank names it, but another line does too' },
    ]);
    expect((await detail(charge.id)).suggestions).toEqual([]);
    half = two;
  });

  it('is matched by hand with a note, once to the penny', async () => {
    const [file] = files as [SentFile];
    const [one, two] = (await toMatch()) as [Line, Line];
    const parts = (amount: string) => ({
      parts: [{ source: 'file', documentId: file.id, amount }],
      note: 'The bank rang: it is the first',
    });
    const more = Money.gbp(file.total).plus(Money.gbp('0.01')).toString();
    expect(problemIn(await client.post('finance', `/bank-lines/${one.id}/matches`, parts(more)).expect(409))[1]).toBe(
      'matched_already',
    );
    expect(
      problemIn(await client.post('auditor', `/bank-lines/${one.id}/matches`, parts(file.total)).expect(403))[1],
    ).toBe('not_permitted');
    await client.post('finance', `/bank-lines/${one.id}/matches`, parts(file.total)).expect(201);
    expect(
      problemIn(await client.post('finance', `/bank-lines/${two.id}/matches`, parts(file.total)).expect(409))[1],
    ).toBe('matched_already');
    expect((await toMatch()).map(({ id }) => id)).not.toContain(one.id);
    expect((await proof()).isTied).toBe(true);
  });

  it('can be taken back by adding, and the rules do not join the two again', async () => {
    const [file] = files as [SentFile];
    const { statements } = await read<{ statements: { id: string }[] }>('/bank-statements');
    const { lines } = await read<{ lines: Line[] }>(`/bank-statements/${statements[0]?.id}`);
    const [one] = lines as [Line];
    const [match] = (await detail(one.id)).matches;
    await client
      .post('finance', `/bank-matches/${match?.id}/taking-back`, { reason: 'It was the second after all' })
      .expect(200);
    const after = await detail(one.id);
    expect(after.matches).toMatchObject([{ id: match?.id, takenBackBecause: 'It was the second after all' }]);
    // Now only the second line fits, and the rules see it.
    expect((await detail(half.id)).matches).toMatchObject([
      { how: 'reference', documentId: file.id, amount: file.total },
    ]);
    expect(
      problemIn(await client.post('finance', `/bank-matches/${match?.id}/taking-back`, { reason: 'x' }).expect(404))[1],
    ).toBe('no_such_match');
    expect((await proof()).isTied).toBe(true);
  });

  it('is written off by two people, never by one', async () => {
    const [one, charge] = (await toMatch()) as [Line, Line];
    const asked = { amount: charge.amount, category: 'bank-charge', reason: 'Monthly charge' };
    const { writeOffId } = (await client.post('finance', `/bank-lines/${charge.id}/write-offs`, asked).expect(201))
      .body as { writeOffId: string };
    const own = await client.post('finance', `/write-offs/${writeOffId}/decision`, { outcome: 'approved' }).expect(403);
    expect(problemIn(own)[1]).toBe('proposed_by_yourself');
    expect(
      problemIn(
        await client.post('manager', `/write-offs/${writeOffId}/decision`, { outcome: 'approved' }).expect(403),
      )[1],
    ).toBe('not_permitted');
    await client.post('administrator', `/write-offs/${writeOffId}/decision`, { outcome: 'approved' }).expect(200);
    const strange = {
      amount: one.amount,
      category: 'unexplained',
      reason: 'The bank took it twice; it was asked to give it back',
    };
    const { writeOffId: second } = (
      await client.post('finance', `/bank-lines/${one.id}/write-offs`, strange).expect(201)
    ).body as { writeOffId: string };
    await client.post('administrator', `/write-offs/${second}/decision`, { outcome: 'approved' }).expect(200);
    expect(await toMatch()).toEqual([]);
    expect((await proof()).isTied).toBe(true);
  });
});

describe('What came in another order', () => {
  it('is matched when the file is written after its line was seen', async () => {
    house.setToday(day('2026-11-30'));
    const runId = await completeRun(house.app, house.council, '2026-12-03', 'priced');
    // The bank is told the total beforehand, as it stands.
    const { rows } = await house.superuser.query<{ total: string; entry: PlainDate }>(
      `select total::numeric(14,2)::text as total, entry_day::text as entry from payments.run where id = $1`,
      [runId],
    );
    const [{ total, entry }] = rows as [{ total: string; entry: PlainDate }];
    const [before] = (await read<{ statements: { closing: string }[] }>('/bank-statements')).statements as [
      { closing: string },
    ];
    const line = { date: entry, direction: 'debit' as const, amount: total, reference: 'BACS' };
    await take(statementOf(2, before.closing, [line], day('2026-11-27'))).expect(201);
    expect(await toMatch()).toHaveLength(1);
    await finishRun(house.app, house.council, runId);
    await workOff(house.app, house.council.id);
    expect(await toMatch()).toEqual([]);
    expect((await proof()).isTied).toBe(true);
  });

  it('is a named exception with an owner: a gap, and a line nobody knows', async () => {
    const lines = [{ date: day('2026-12-08'), direction: 'credit' as const, amount: '50.00', reference: 'REFUND?' }];
    house.setToday(day('2026-12-08'));
    await take(statementOf(4, '123.45', lines, day('2026-12-07'))).expect(201);
    const { exceptions } = await read<{
      exceptions: { kind: string; subjectId: string; ownerId: string; what: string }[];
    }>('/bank-exceptions');
    expect(exceptions.map(({ kind }) => kind).toSorted()).toEqual(['gap', 'line']);
    expect(exceptions.every(({ ownerId }) => ownerId === house.council.userIds.finance)).toBe(true);
    const line = exceptions.find(({ kind }) => kind === 'line');
    const ownerId = house.council.userIds.finance2;
    await client
      .post('finance', '/bank-exceptions/owner', {
        kind: 'line',
        subjectId: line?.subjectId,
        ownerId,
        note: 'Asks the bank',
      })
      .expect(200);
    const after = await read<{ exceptions: { kind: string; ownerId: string; note: string }[] }>('/bank-exceptions');
    expect(after.exceptions).toContainEqual(expect.objectContaining({ kind: 'line', ownerId, note: 'Asks the bank' }));
  });
});

describe('A month', () => {
  it('is not closed before it is over, nor without anything its checklist names', async () => {
    const refused = await client.post('finance', '/months/2026-12/close').expect(409);
    expect(problemIn(refused)[1]).toBe('month_not_ready');
    const fields = (refused.body as { items: { field: string }[] }).items.map(({ field }) => field);
    expect(fields).toEqual(['over', 'statements', 'gaps', 'unmatched', 'suspense']);
  });

  it('is closed when all is done, and nothing is posted into it from then on', async () => {
    const { checklist } = await read<{ checklist: { key: string; isDone: boolean }[] }>('/months/2026-11');
    expect(checklist.filter(({ isDone }) => !isDone)).toEqual([]);
    expect(problemIn(await client.post('auditor', '/months/2026-11/close').expect(403))[1]).toBe('not_permitted');
    await client.post('finance', '/months/2026-11/close', { note: 'All tied' }).expect(200);
    expect(problemIn(await client.post('finance', '/months/2026-11/close').expect(409))[1]).toBe('month_closed');
  });

  it('takes a later correction in the open month, with a link to where it belongs', async () => {
    const { statements } = await read<{ statements: { id: string; reference: string }[] }>('/bank-statements');
    const first = statements.find(({ reference }) => reference === 'ST-1');
    const { lines } = await read<{ lines: Line[] }>(`/bank-statements/${first?.id}`);
    const matched = await detail(lines[1]?.id ?? '');
    await client
      .post('finance', `/bank-matches/${matched.matches[0]?.id}/taking-back`, {
        reason: 'Found to be wrong in December',
      })
      .expect(200);
    const { postedLater } = await read<{ postedLater: Record<string, string>[] }>('/months/2026-11');
    expect(postedLater).toMatchObject([
      { kind: 'unsettle', meantFor: '2026-11-27', postedOn: '2026-12-08', amount: files[0]?.total },
    ]);
    expect((await proof()).isTied).toBe(true);
  });

  it('is opened again by two people', async () => {
    const asked = { reason: 'The auditor found a line' };
    const { reopeningId } = (await client.post('finance', '/months/2026-11/reopening', asked).expect(201)).body as {
      reopeningId: string;
    };
    const own = await client
      .post('finance', `/month-reopenings/${reopeningId}/decision`, { outcome: 'approved' })
      .expect(403);
    expect(problemIn(own)[1]).toBe('proposed_by_yourself');
    await client
      .post('administrator', `/month-reopenings/${reopeningId}/decision`, { outcome: 'approved' })
      .expect(200);
    expect((await read<{ isClosed: boolean }>('/months/2026-11')).isClosed).toBe(false);
  });
});

describe('The journal for the council’s general ledger', () => {
  let batchId: string;

  it('is not made before every account has its codes', async () => {
    const refused = await client.post('finance', '/journals', { upTo: '2026-11-30' }).expect(409);
    expect(problemIn(refused)[1]).toBe('journal_codes_missing');
    const { accounts } = await read<{ accounts: { accountId: string; kind: string }[] }>('/journal-codes');
    const codes = accounts.map(({ accountId, kind }, index) => ({
      accountId,
      costCentre: kind === 'spent' ? 'NRPF1' : 'BAL01',
      subjective: `S${1000 + index}`,
    }));
    expect((await client.post('finance', '/journal-codes', { codes }).expect(200)).body).toEqual({
      changed: accounts.length,
    });
  });

  it('has each posting once, both sides, with control totals, and is the same file each time', async () => {
    const made = (await client.post('finance', '/journals', { upTo: '2026-11-30' }).expect(201)).body as {
      batchId: string;
      number: number;
      postings: number;
      total: string;
    };
    ({ batchId } = made);
    expect(made.number).toBe(1);
    const file = await client.get('auditor', `/journals/${batchId}/file`).expect(200);
    const rows = file.text
      .trimEnd()
      .split('\r\n')
      .map((row) => row.split(','));
    const [, ...lines] = rows;
    const control = lines.pop();
    expect(lines).toHaveLength(made.postings * 2);
    const sum = (column: number): string => Money.sum(lines.map((row) => Money.gbp(row[column] || '0.00'))).toString();
    expect([sum(5), sum(6)]).toEqual([made.total, made.total]);
    expect(control?.slice(1, 7)).toEqual([String(lines.length), '', 'CONTROL', 'TOTAL', made.total, made.total]);
    expect(new Set(lines.map((row) => row[7])).size).toBe(made.postings);
    expect(lines.some((row) => row[9] === 'commit' || row[9] === 'use')).toBe(false);
    expect(file.headers['x-content-sha256']).toBe(createHash('sha256').update(file.text).digest('hex'));
    // Codes given later change nothing that was made.
    const { accounts } = await read<{ accounts: { accountId: string }[] }>('/journal-codes');
    const codes = accounts.map(({ accountId }) => ({ accountId, costCentre: 'NEW', subjective: 'NEW' }));
    await client.post('finance', '/journal-codes', { codes }).expect(200);
    expect((await client.get('finance', `/journals/${batchId}/file`).expect(200)).text).toBe(file.text);
  });

  it('never has a posting twice: the next one has only what is new', async () => {
    expect(problemIn(await client.post('finance', '/journals', { upTo: '2026-11-30' }).expect(409))[1]).toBe(
      'nothing_to_journal',
    );
    const next = (await client.post('finance', '/journals', { upTo: '2026-12-31' }).expect(201)).body as {
      number: number;
      batchId: string;
    };
    expect(next.number).toBe(2);
    const references = async (id: string): Promise<string[]> =>
      (await client.get('finance', `/journals/${id}/file`).expect(200)).text.match(/MS-[\w-]+/g) ?? [];
    const first = new Set(await references(batchId));
    expect((await references(next.batchId)).filter((each) => first.has(each))).toEqual([]);
  });
});
