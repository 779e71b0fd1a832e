import { verifyAll } from '../../src/house/index.ts';
import { Money, operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { balances } from '../../src/ledger/index.ts';
import { BankFileTick } from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { readPayments } from '../../src/stand-ins/bank/read-payments.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { payRun } from '../support/run-over-http.ts';
import { StandInBank } from '../support/stand-in-bank.ts';
import { BUDGET } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

interface File {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly replacedById: string | null;
}
interface Back {
  readonly id: string;
  readonly familyId: string;
  readonly code: string;
  readonly state: string;
}

const CODES: [reference: string, account: string][] = [
  ...[['W-0', '99900000'] as const, ['W-3', '99900003'] as const, ['W-5', '99900005'] as const],
  ...[['W-B', '99900011'] as const, ['W-C', '99900012'] as const],
].map(([reference, account]) => [reference, account]);

let house: TestHouse;
let client: Client;
let bank: StandInBank;
beforeAll(async () => {
  [house, bank] = await Promise.all([testHouse({ web: true }), StandInBank.start()]);
  client = new Client(house);
  await takeIn(house.app, house.council, [
    ...[...familyRows('W-1'), ...familyRows('W-2')],
    ...CODES.flatMap(([reference, account_number]) => familyRows(reference, { account_number })),
    ...familyRows('W-DEAD', { account_number: '99900002' }),
    ...familyRows('W-MOVED', { account_number: '99900033' }),
  ]);
});
afterAll(async () => {
  await bank.stop();
  await house.close();
});

const on = (day: string): void => house.setToday(day as PlainDate);
const tick = (): Promise<void> => house.app.get(BankFileTick).tick(house.council.id);
async function files(): Promise<File[]> {
  return ((await client.get('finance', '/bank-files').expect(200)).body as { files: File[] }).files;
}
async function returns(state: string): Promise<Back[]> {
  return ((await client.get('finance', `/returns?state=${state}`).expect(200)).body as { returns: Back[] }).returns;
}

/** Hands in what waits, as people do it: the intent first, then what the bank answered. */
async function submitWhatWaits(): Promise<void> {
  for (const { id, name } of (await files()).filter((file) => file.state === 'exported')) {
    await client.post('finance', `/bank-files/${id}/begin`).expect(200);
    const { text } = await client.get('finance', `/bank-files/${id}/content`).expect(200);
    const bankReference = await bank.handIn(name, text);
    if (bankReference) await client.post('finance', `/bank-files/${id}/submitted`, { bankReference }).expect(200);
  }
}

/** Takes in every report there is. @returns what was answered to each: 201, or the code of the refusal */
async function takeInReports(order?: (names: string[]) => string[]): Promise<(string | number)[]> {
  const answers: (string | number)[] = [];
  for (const { kind, text } of bank.reports(order)) {
    const taken = await client.report('finance', kind, text);
    answers.push(taken.status === 201 ? 201 : (problemIn(taken)[1] ?? taken.status));
  }
  return answers;
}

/** Gives each family of a returned payment an account that works, by two people. */
async function newAccounts(): Promise<void> {
  for (const [index, { familyId, code }] of (await returns('open')).entries()) {
    if (code === '2') continue;
    const details = { sortCode: '000014', accountNumber: String(55_000_000 + index), accountName: 'New Account' };
    const { body } = await client.post('caseworker', `/families/${familyId}/bank-details`, details).expect(201);
    const { bankDetailsId } = body as { bankDetailsId: string };
    await client.post('manager', `/bank-details/${bankDetailsId}/decision`, { outcome: 'approve' }).expect(200);
  }
}

describe('Weeks with a bank', () => {
  it('first week: every code comes back, the reports come out of order and twice, and each is taken in once', async () => {
    await payRun(house, client, '2026-11-26');
    bank.faults({ doubleReports: true });
    await submitWhatWaits();
    await new Promise((resolve) => setTimeout(resolve, 150));
    const answers = await takeInReports((names) => names.toReversed());
    expect(answers.filter((answer) => answer === 201)).toHaveLength(3);
    expect(answers.filter((answer) => answer === 'report_taken_in_before')).toHaveLength(3);
    expect((await returns('open')).map(({ code }) => code).toSorted()).toEqual(['0', '2', '3', '5', 'B', 'C']);
    await newAccounts();
    on('2026-11-26');
    await tick();
    expect((await files()).map(({ state }) => state)).toEqual(['settled']);
  });

  it('has what the bank said of moved accounts approved by a second person', async () => {
    const { body } = await client.get('manager', '/families').expect(200);
    const moved = (body as { families: { id: string; reference: string }[] }).families.find(
      (f) => f.reference === 'W-MOVED',
    )!;
    const family = await client.get('manager', `/families/${moved.id}`).expect(200);
    const [proposed] = (family.body as { bankDetails: { id: string; state: string; account: string }[] }).bankDetails;
    expect(proposed).toMatchObject({ state: 'proposed', account: '******44' });
    await client.post('manager', `/bank-details/${proposed!.id}/decision`, { outcome: 'approve' }).expect(200);
  });

  it('second week: what came back is paid again, one payment is closed, and the bank rejects a file', async () => {
    on('2026-11-30');
    const open = await returns('open');
    const again = open.filter(({ code }) => code !== '2').map(({ id }) => id);
    await client
      .post('finance', '/returns/reissue', { returnIds: again, rail: 'faster-payments', isUrgent: true })
      .expect(201);
    const dead = open.find(({ code }) => code === '2')!;
    await client
      .post('manager', `/returns/${dead.id}/close`, { reason: 'Her sister cares for them: a new plan' })
      .expect(200);
    bank.faults({ reject: 1 });
    await submitWhatWaits();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(new Set(await takeInReports())).toEqual(new Set([201]));
    const rejected = (await files()).find(({ state }) => state === 'rejected')!;
    const proposed = await client.post('finance', `/bank-files/${rejected.id}/rescue`, {
      rail: 'bacs',
      reason: 'Too late in the day',
    });
    const { rescueId } = proposed.body as { rescueId: string };
    await client.post('finance2', `/rescues/${rescueId}/decision`, { answer: 'agree' }).expect(200);
    await submitWhatWaits();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(new Set(await takeInReports())).toEqual(new Set([201]));
    expect((await returns('open')).length).toBe(0);
  });

  it('third week: the bank’s answer is lost, and a person finds out before anything goes again', async () => {
    await payRun(house, client, '2026-12-03');
    bank.faults({ loseAnswers: 1, holdReports: true });
    await submitWhatWaits();
    on('2026-12-01');
    await tick();
    const lost = (await files()).find(({ state }) => state === 'unknown')!;
    const said = { answer: 'accept', reason: 'Called: they have it under SB-000004' };
    await client.post('finance', `/bank-files/${lost.id}/answer`, said).expect(200);
    bank.faults({});
    await new Promise((resolve) => setTimeout(resolve, 200));
    // What the bank says at last agrees with what it told on the telephone.
    expect(new Set(await takeInReports())).toEqual(new Set([201]));
    on('2026-12-03');
    await tick();
    expect((await files()).find(({ id }) => id === lost.id)).toMatchObject({ state: 'settled' });
  });

  it('at the end every payment is settled, paid again, or closed with a reason', async () => {
    await workOff(house.app, house.council.id);
    // The family whose payee is dead was paid once more before anybody ended its plan: that came back too.
    for (const { id } of await returns('open'))
      await client.post('manager', `/returns/${id}/close`, { reason: 'The new plan pays her sister' }).expect(200);
    const live = (await files()).filter(({ replacedById }) => replacedById === null);
    expect(new Set(live.map(({ state }) => state))).toEqual(new Set(['settled']));
    expect(await returns('open')).toEqual([]);
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });

  it('has a ledger that equals what the bank’s own files say', async () => {
    const rows = await house.app.get(UnitOfWork).read(operatorOf(house.council.id), balances);
    const standing = (code: string): Money => {
      const { credits, debits } = rows.find((row) => row.code === code)!;
      return Money.gbp(credits).minus(Money.gbp(debits));
    };
    const paid = bank.taken().flatMap((text) => readPayments(text));
    const stayed = paid.filter(({ account }) => !CODES.some(([, code]) => code === account) && account !== '99900002');
    const sum = (payments: typeof paid): string =>
      Money.sum(payments.map(({ amount }) => Money.gbp(amount))).toString();
    expect(standing('clearing').toString()).toBe(sum(stayed));
    expect(standing('payable').toString()).toBe('0.00');
    // What was closed is back in its fund: nothing stays in between, and the fund has spent what arrived.
    expect(standing('returned').toString()).toBe('0.00');
    const spent = rows.find(({ kind }) => kind === 'spent')!;
    expect(Money.gbp(spent.debits).minus(Money.gbp(spent.credits)).toString()).toBe(sum(stayed));
    const available = rows.find(({ kind }) => kind === 'available')!;
    expect(
      Money.gbp(available.credits)
        .minus(Money.gbp(available.debits))
        .plus(Money.gbp(sum(stayed)))
        .toString(),
    ).toBe(BUDGET);
  });
});
