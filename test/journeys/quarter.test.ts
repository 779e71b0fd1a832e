import { join } from 'node:path';
import { verifyAll } from '../../src/house/index.ts';
import { operatorOf } from '../../src/kernel/index.ts';
import { balances } from '../../src/ledger/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { BAD_LANDLORD, GRANT_BUDGET, OPENING, Quarter } from '../support/quarter/quarter.ts';
import { type RawBooks, readRawBooks } from '../support/quarter/raw-books.ts';
import { bankDays, dayBefore, weeks } from '../support/quarter/weeks.ts';
import { BUDGET } from '../support/test-council.ts';

const LAST_DAY = '2027-03-05';
/** A second or two, alone on a machine. */
const A_WEEK_TAKES_AT_MOST_MS = 180_000;
/** From when a month may be closed. */
const MONTHS = [
  ['2026-12-04', '2026-11'] as const,
  ['2027-01-05', '2026-12'] as const,
  ['2027-02-02', '2027-01'] as const,
];

let quarter: Quarter;
beforeAll(async () => {
  quarter = await Quarter.begin();
});
afterAll(() => quarter.end());

describe('A quarter of weekly runs and grants, with a bank that does everything a bank does', () => {
  for (const [index, week] of weeks.entries())
    it(
      `week ${index + 1}: ${week.what}`,
      async () => {
        const next = weeks[index + 1]?.workDay;
        const last = next === undefined ? LAST_DAY : dayBefore(next);
        const untied: string[] = [];
        for (const day of bankDays(week.workDay, last)) {
          await quarter.workingDay(day, week);
          untied.push(...(await quarter.evening(day, week, index)));
          for (const [from, month] of MONTHS) if (day >= from) await quarter.statements.closeWhenReady(month);
        }
        expect(untied).toEqual([]);
      },
      A_WEEK_TAKES_AT_MOST_MS,
    );

  it('has met everything it was to meet', async () => {
    expect(new Set((await quarter.returns.returns()).map(({ code }) => code))).toEqual(
      new Set(['0', '2', '3', '5', 'B', 'C', 'expired']),
    );
    const all = await quarter.files.files();
    expect(new Set(all.map(({ rail }) => rail))).toEqual(
      new Set(['bacs', 'prepaid-card', 'voucher', 'faster-payments', 'pain001']),
    );
    expect(all.filter(({ replacedById }) => replacedById !== null).map(({ state }) => state)).toEqual(
      expect.arrayContaining(['rejected', 'not_arrived']),
    );
    expect(all.some(({ answerFrom }) => answerFrom === 'statement')).toBe(true);
    expect(quarter.files.asked).toBeGreaterThanOrEqual(2);
    expect(quarter.statements.matchedByHand).toBeGreaterThanOrEqual(2);
    expect(quarter.statements.writtenOff).toBe(1);
    expect(quarter.tally.grantPayments).toBe(7);
    expect(quarter.tally.explained).toBeGreaterThanOrEqual(1);
    expect(quarter.tally.refusedReports).toBeGreaterThanOrEqual(2);
    expect(quarter.tally.refusedStatements).toBeGreaterThan(20);
  });

  it('has every month that is over closed', () => {
    expect(quarter.statements.closedMonths).toEqual(['2026-11', '2026-12', '2027-01']);
  });

  it('leaves every file settled by a line of a statement, or another in its place', async () => {
    const open = (await quarter.files.files()).filter(({ replacedById }) => replacedById === null);
    expect(open.map(({ name, state, shownBy }) => [name, state, shownBy !== null])).toEqual(
      open.map(({ name }) => [name, 'settled', true]),
    );
    expect(await quarter.statements.toMatch()).toEqual([]);
    expect(await quarter.returns.returns('open')).toEqual([]);
    const { body } = await quarter.client.get('finance', '/bank-exceptions').expect(200);
    expect((body as { exceptions: unknown[] }).exceptions).toEqual([]);
  });

  it('leaves every payment with its family once, paid again until it arrived, or closed with a reason', async () => {
    const raw = rawBooks();
    const arrived = raw.files.filter(({ isTaken }) => isTaken).flatMap(({ payments }) => payments);
    const times = new Map<string, number>();
    for (const { id } of arrived) times.set(id, (times.get(id) ?? 0) + 1);
    expect([...times.values()].every((each) => each === 1)).toBe(true);
    const back = new Map((await quarter.returns.returns()).map((each) => [each.paidId, each]));
    const { rows: orders } = await quarter.house.superuser.query<{ id: string }>(
      `select id from payments.payment_order where authority_id = $1`,
      [quarter.house.council.id],
    );
    const { rows: vouchers } = await quarter.house.superuser.query<{ id: string; paidId: string }>(
      `select id, paid_id as "paidId" from payments.voucher`,
    );
    // A payment by vouchers is what becomes of each of them.
    const fatesOf = (id: string): string[] => {
      const parts = vouchers.filter(({ paidId }) => paidId === id);
      if (parts.length > 0) return parts.flatMap((each) => fatesOf(each.id));
      const each = back.get(id);
      if (!each) return [times.has(id) ? 'arrived' : 'never sent'];
      return each.state === 'reissued' ? fatesOf(each.reissueId as string) : [each.state];
    };
    const fates = orders.flatMap(({ id }) => fatesOf(id));
    expect(new Set(fates)).toEqual(new Set(['arrived', 'closed']));
    expect(fates.filter((fate) => fate === 'closed')).toHaveLength(quarter.returns.closed.length);
  });

  it('leaves balances that equal what the raw files come to', async () => {
    const raw = rawBooks();
    const ofRuns = sum(raw.files.filter(({ name }) => name.includes('-run-')).flatMap(({ payments }) => payments));
    const again = sum(raw.files.filter(({ name }) => name.includes('-reissue-')).flatMap(({ payments }) => payments));
    const notCashed = lines(raw, (reference) => reference.startsWith('NOT CASHED'));
    const back = [...raw.back].filter(([id]) => id !== '999999999').reduce((total, [, each]) => total + each, 0n);
    const closed = quarter.returns.closed.reduce((total, { amount }) => total + BigInt(amount.replace('.', '')), 0n);
    const charges = -lines(raw, (reference) => reference === 'ACCOUNT CHARGE');
    const taken = sum(raw.files.filter(({ isTaken }) => isTaken).flatMap(({ payments }) => payments));
    const ofGrantRuns = raw.files.filter(({ name }) =>
      quarter.grants.runs.some((run) => name.includes(`-run-${run}.`)),
    );
    const landlordKept = ofGrantRuns
      .flatMap(({ payments }) => payments)
      .filter(({ account }) => account !== BAD_LANDLORD);
    // Nothing is left on its way: what the bank took left the account, and what came back came in.
    const out = -lines(raw, (reference) => !isBack(reference) && reference !== 'ACCOUNT CHARGE');
    const into = lines(raw, isBack);
    expect([taken - out, back + notCashed - into]).toEqual([0n, 0n]);
    expect(await standing()).toEqual({
      ...{ bank: raw.closing - pence(OPENING), clearing: into - back - notCashed + taken - out },
      ...{ returned: back + notCashed - again - closed, payable: ofRuns + again - taken, suspense: 0n },
      ...{ 'written-off': charges, council: 0n, recoverable: 0n, overpaid: 0n },
      ...{ 'spent s17': ofRuns - closed - sum(landlordKept), 'spent grants': sum(landlordKept) },
      ...{ 'committed s17': 0n, 'committed grants': 0n },
      'available s17': pence(BUDGET) - (ofRuns - closed - sum(landlordKept)),
      'available grants': pence(GRANT_BUDGET) - sum(landlordKept),
    });
    expect(await quarter.statements.differences()).toEqual([]);
  });

  it('leaves books that prove themselves', async () => {
    expect((await verifyAll(quarter.house.app)).flatMap((each) => each.faults)).toEqual([]);
  });
});

function rawBooks(): RawBooks {
  return readRawBooks(
    join(quarter.house.config.exportDir, quarter.house.council.slug),
    quarter.bank.folder,
    pence(OPENING),
  );
}
function isBack(reference: string): boolean {
  return reference.startsWith('RETURN') || reference.startsWith('NOT CASHED');
}
function lines(raw: RawBooks, which: (reference: string) => boolean): bigint {
  return raw.lines.filter(({ reference }) => which(reference)).reduce((total, each) => total + each.pence, 0n);
}
function sum(payments: readonly { pence: bigint }[]): bigint {
  return payments.reduce((total, each) => total + each.pence, 0n);
}
function pence(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}

/** What stands on each account, in pence, the way its kind is read: bank, spent and written-off by what went in. */
async function standing(): Promise<Record<string, bigint>> {
  const rows = await quarter.house.app.get(UnitOfWork).read(operatorOf(quarter.house.council.id), balances);
  const funds = await quarter.house.superuser.query<{ id: string; pays: string[] }>(`select id, pays from funds.fund`);
  const nameOf = (fundId: string): string =>
    funds.rows.find(({ id }) => id === fundId)!.pays.includes('grant') ? 'grants' : 's17';
  const byDebit = ['bank', 'spent', 'written-off', 'council', 'recoverable', 'suspense'];
  return Object.fromEntries(
    rows
      .filter(({ kind }) => kind !== 'budget' && kind !== 'used')
      .map(({ kind, fundId, debits, credits }) => {
        const net = pence(debits) - pence(credits);
        return [fundId === null ? kind : `${kind} ${nameOf(fundId)}`, byDebit.includes(kind) ? net : -net];
      }),
  );
}
