import { randomUUID } from 'node:crypto';
import { laterStatus, readCallback, type Receipt } from '../../../src/notices/index.ts';
import { CallbackCatcher } from '../../support/callback-catcher.ts';
import { officialClient, pdfOf } from '../../support/notify-client.ts';
import { StandInNotify } from '../../support/stand-in-notify.ts';

const callbackToken = 'a-token-the-council-chose';
const { smsTemplateId, emailTemplateId } = StandInNotify;
const personalisation = { body: 'Hello', subject: 'Hello' };

let catcher: CallbackCatcher;
let notify: StandInNotify;
let client: ReturnType<typeof officialClient>;
beforeAll(async () => {
  catcher = await CallbackCatcher.start();
  notify = await StandInNotify.start({ callbackUrl: catcher.url, callbackToken, callbackRetryMs: 30 });
  client = officialClient(notify);
});
afterAll(async () => {
  await notify.stop();
  await catcher.stop();
});
afterEach(async () => {
  await notify.ask({ clear: true });
  catcher.forget();
});

const text = async (to = '07700900123') =>
  (await client.sendSms(smsTemplateId, to, { personalisation, reference: randomUUID() })).data;
const caught = async (count: number) => {
  await notify.until(() => catcher.caught.length >= count);
  return catcher.caught.map(({ body }) => body);
};

describe('what the stand-in tells by itself', () => {
  it('is the end of a text message, with the token and every field of the contract', async () => {
    const sent = await text();
    const [receipt] = await caught(1);
    expect(catcher.caught[0]?.authorization).toBe(`Bearer ${callbackToken}`);
    expect(Object.keys(receipt ?? {}).toSorted()).toEqual([
      ...['completed_at', 'created_at', 'id', 'notification_type', 'reference', 'sent_at', 'status'],
      ...['template_id', 'template_version', 'to'],
    ]);
    expect(receipt).toMatchObject({ id: sent.id, reference: sent.reference, to: '07700900123', status: 'delivered' });
    expect(readCallback(receipt)).toMatchObject({ kind: 'receipt', channel: 'sms', status: 'delivered' });
  });

  it('is the failure of an e-mail, and nothing of a letter', async () => {
    await client.sendPrecompiledLetter(randomUUID(), pdfOf(1));
    await notify.until(({ accepted }) => accepted.some((each) => each.status === 'received'));
    const { data } = await client.sendEmail(emailTemplateId, 'perm-fail@simulator.notify', { personalisation });
    expect(await caught(1)).toMatchObject([{ id: data.id, status: 'permanent-failure', reference: null }]);
  });

  it('is that a letter came back, when a test says so', async () => {
    const reference = randomUUID();
    const { data } = await client.sendPrecompiledLetter(reference, pdfOf(1));
    await notify.ask({ returnLetters: [reference] });
    const [returned] = await caught(1);
    expect(readCallback(returned)).toEqual({
      ...{ kind: 'returned-letter', providerId: data.id, reference, status: 'failed-permanently' },
    });
  });
});

describe('a receipt that is not answered well', () => {
  for (const [what, status] of [
    ['no answer', 0],
    ['a fault of ours', 500],
    ['too many at once', 429],
  ] as const)
    it(`is told again after ${what}`, async () => {
      catcher.answers.push(status, status);
      const sent = await text();
      const receipts = await caught(3);
      expect(receipts.map((each) => each.id)).toEqual([sent.id, sent.id, sent.id]);
    });

  it('is lost for ever after any other refusal', async () => {
    catcher.answers.push(403);
    const before = (await notify.account()).callbacks;
    await text();
    const { callbacks } = await notify.until((account) => account.callbacks.dropped > before.dropped);
    expect(callbacks.again).toBe(before.again);
    const next = await text();
    expect((await caught(2))[1]?.id).toBe(next.id);
  });

  it('is given up after five more tries', async () => {
    catcher.answers.push(...Array<number>(6).fill(503));
    const before = (await notify.account()).callbacks;
    await text();
    const { callbacks } = await notify.until((account) => account.callbacks.givenUp > before.givenUp);
    expect(callbacks.again - before.again).toBe(5);
    expect(catcher.caught).toHaveLength(6);
  });
});

describe('receipts that go wrong on the way', () => {
  it('come twice', async () => {
    await notify.ask({ duplicateCallbacks: 1 });
    const sent = await text();
    expect((await caught(2)).map((each) => each.id)).toEqual([sent.id, sent.id]);
  });

  it('come out of order, and the better news stands', async () => {
    await notify.ask({ outOfOrderCallbacks: true });
    await text();
    const heard = (await caught(2)).map((each) => (readCallback(each) as Receipt).status);
    expect(heard).toEqual(['delivered', 'failed-temporarily']);
    expect(heard.reduce(laterStatus)).toBe('delivered');
  });

  it('come late', async () => {
    await notify.ask({ lateCallbacks: 1500 });
    const sent = await text();
    await notify.until(({ accepted }) => accepted.some((each) => each.id === sent.id && each.status === 'delivered'));
    expect(catcher.caught).toEqual([]);
    expect(await caught(1)).toHaveLength(1);
  });

  it('are held back until they are let go', async () => {
    await notify.ask({ holdCallbacks: true });
    await Promise.all([text(), text('07700900002')]);
    await notify.until(({ callbacks }) => callbacks.held === 2);
    expect(catcher.caught).toEqual([]);
    await notify.ask({ releaseCallbacks: true });
    expect((await caught(2)).map((each) => each.status).toSorted()).toEqual(['delivered', 'permanent-failure']);
  });

  it('are asked for in words the stand-in knows', async () => {
    await expect(notify.ask({ mislayCallbacks: 1 } as object)).rejects.toThrow('does not understand');
  });
});
