import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type LookedUp, NotifyGateway, type NotifyMessage } from '../../../src/notices/index.ts';
import { pdfOf } from '../../support/notify-client.ts';
import { StandInNotify } from '../../support/stand-in-notify.ts';

let notify: StandInNotify;
let gateway: NotifyGateway;
beforeAll(async () => {
  notify = await StandInNotify.start();
  gateway = new NotifyGateway(notify.notifyAccount, { timeoutMs: 1500 });
});
afterAll(() => notify.stop());
afterEach(() => notify.ask({ clear: true }));

const sms = (more: object = {}): NotifyMessage => ({
  ...{ channel: 'sms', to: '07700900123', body: 'Your next payment is on Tuesday.', reference: randomUUID() },
  ...more,
});
const email = (more: object = {}): NotifyMessage => ({
  ...{ channel: 'email', to: 'ada@example.com', subject: 'About Tuesday', body: 'Hello', reference: randomUUID() },
  ...more,
});
const letter = (more: object = {}): NotifyMessage => ({
  ...{ channel: 'letter', pdf: pdfOf(2), postage: 'first', reference: randomUUID() },
  ...more,
});
const takenIn = async (reference: string) =>
  (await notify.account()).accepted.filter((each) => each.reference === reference);

describe('handing messages to Notify', () => {
  for (const [what, message] of [
    ['a text message', sms()],
    ['an e-mail', email()],
    ['a letter', letter()],
  ] as const)
    it(`is answered with the id of ${what}, which arrives as it was written`, async () => {
      const outcome = await gateway.send(message);
      const [kept] = await takenIn(message.reference);
      expect(outcome).toEqual({ kind: 'accepted', providerId: kept?.id });
      const { channel, reference } = message;
      const written =
        channel === 'letter'
          ? { postage: 'first' }
          : { to: message.to, body: message.body, subject: channel === 'email' ? message.subject : null };
      expect(kept).toMatchObject({ type: channel, reference, ...written });
    });

  it('takes no reference that could name somebody', async () => {
    for (const reference of ['ada@example.com', '07700900123', 'Ada Lovelace', '', `${randomUUID()} Ada`])
      await expect(gateway.send(sms({ reference }))).rejects.toThrow(RangeError);
    const reference = `attempt-${randomUUID()}-2`;
    expect(await gateway.send(sms({ reference }))).toMatchObject({ kind: 'accepted' });
  });

  it('takes no key that is none', () => {
    expect(() => new NotifyGateway({ ...notify.notifyAccount, apiKey: 'hello' })).toThrow(
      'The key is not a name and two ids',
    );
  });

  it('hands over no letter that is too large to print', async () => {
    const tooLarge = letter({ pdf: pdfOf(1, 2 * 1024 * 1024) });
    expect(await gateway.send(tooLarge)).toMatchObject({ kind: 'refused', about: 'message', code: 'LetterTooLarge' });
    expect(await takenIn(tooLarge.reference)).toEqual([]);
  });
});

describe('what Notify refuses', () => {
  it('for good, because of the number or the address, without repeating it', async () => {
    const wrong = { kind: 'refused', about: 'recipient', code: 'ValidationError' };
    expect(await gateway.send(sms({ to: '0770090' }))).toEqual({ ...wrong, message: 'phone_number Not enough digits' });
    expect(await gateway.send(email({ to: 'ada@home' }))).toEqual({
      ...{ ...wrong, message: 'email_address Not a valid email address' },
    });
    expect(await gateway.send(sms({ to: '+33612345678' }))).toMatchObject({ kind: 'refused', about: 'recipient' });
  });

  it('for good, because of the message', async () => {
    expect(await gateway.send(sms({ body: 'x'.repeat(919) }))).toMatchObject({ kind: 'refused', about: 'message' });
    expect(await gateway.send(email({ body: '' }))).toMatchObject({ kind: 'refused', about: 'message' });
  });

  for (const [what, change] of [
    ['a key of another service', { apiKey: `other-${randomUUID()}-${randomUUID()}` }],
    ['a template nobody made', { smsTemplateId: randomUUID() }],
    ['a template of another type', { smsTemplateId: StandInNotify.emailTemplateId }],
  ] as const)
    it(`because the account is not right, blames no family: ${what}`, async () => {
      const other = new NotifyGateway({ ...notify.notifyAccount, ...change });
      expect(await other.send(sms())).toMatchObject({ kind: 'not-set-up' });
    });

  it('because the key was revoked, for sending and for looking up', async () => {
    await notify.ask({ revokeKey: true });
    const revoked = { kind: 'not-set-up', code: 'AuthError', message: 'Invalid token: API key revoked' };
    expect(await gateway.send(sms())).toEqual(revoked);
    expect(await gateway.findByReference(randomUUID())).toEqual(revoked);
    expect(await gateway.statusOf(randomUUID())).toEqual(revoked);
  });
});

describe('what Notify does not take now', () => {
  it('is tried again a second later when it came too fast', async () => {
    const now = new Date('2026-11-25T12:00:00Z');
    const patient = new NotifyGateway(notify.notifyAccount, { now: () => now });
    await notify.ask({ rateLimit: 1 });
    expect(await patient.send(sms())).toEqual({ kind: 'try-later', after: new Date('2026-11-25T12:00:01Z') });
    expect(await patient.send(sms())).toMatchObject({ kind: 'accepted' });
  });

  it('is let through at the rate Notify keeps, and not above it', async () => {
    await notify.ask({ bucket: { burst: 5, perSecond: 0 } });
    const kinds = (await Promise.all(Array.from({ length: 8 }, () => gateway.send(sms())))).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual([...Array<string>(5).fill('accepted'), ...Array<string>(3).fill('try-later')]);
  });

  it("waits for midnight UTC when the day's messages are used up, each channel by itself", async () => {
    const now = new Date('2026-11-25T12:00:00Z');
    const today = new NotifyGateway(notify.notifyAccount, { now: () => now });
    await notify.ask({ dailyLimit: { sms: 0 } });
    expect(await today.send(sms())).toEqual({ kind: 'stop-until', at: new Date('2026-11-26T00:00:00Z') });
    expect(await today.send(email())).toMatchObject({ kind: 'accepted' });
  });

  it('is tried again after a fault of Notify, which took nothing in', async () => {
    await notify.ask({ failNext: 1 });
    const message = sms();
    expect(await gateway.send(message)).toMatchObject({ kind: 'try-later' });
    expect(await takenIn(message.reference)).toEqual([]);
  });

  it('is tried again when nobody answers there at all', async () => {
    const nobody = new NotifyGateway({ ...notify.notifyAccount, baseUrl: `http://127.0.0.1:${await portNobodyHas()}` });
    expect(await nobody.send(sms())).toMatchObject({ kind: 'try-later' });
    expect(await nobody.findByReference(randomUUID())).toMatchObject({ kind: 'try-later' });
  });
});

describe('when nobody can say whether Notify took it', () => {
  it('an answer lost on the way: the look-up finds it, and nothing is sent twice', async () => {
    await notify.ask({ loseReply: 1 });
    const message = sms();
    expect(await gateway.send(message)).toEqual({ kind: 'unknown' });
    const found = await gateway.findByReference(message.reference);
    const [kept] = await takenIn(message.reference);
    expect(found).toMatchObject({ kind: 'found', messages: [{ providerId: kept?.id, reference: message.reference }] });
    expect((await notify.account()).duplicates).toEqual({});
  });

  it('an answer that takes too long: the look-up finds it', async () => {
    await notify.ask({ slow: 2500 });
    const message = email();
    expect(await gateway.send(message)).toEqual({ kind: 'unknown' });
    await notify.ask({ clear: true });
    expect(await gateway.findByReference(message.reference)).toMatchObject({ kind: 'found' });
  });

  it('a request that was given up on, and is taken in only after the first look-up', async () => {
    await notify.ask({ slowToAccept: 2500 });
    const message = letter();
    expect(await gateway.send(message)).toEqual({ kind: 'unknown' });
    expect(await gateway.findByReference(message.reference)).toEqual({ kind: 'not-found' });
    await notify.until(({ accepted }) => accepted.some((each) => each.reference === message.reference));
    expect(await gateway.findByReference(message.reference)).toMatchObject({ kind: 'found' });
  });

  it('Notify giving up waiting for itself: the look-up does not find it, so it may be sent', async () => {
    await notify.ask({ failNext: { times: 1, status: 504 } });
    const message = sms();
    expect(await gateway.send(message)).toEqual({ kind: 'unknown' });
    expect(await gateway.findByReference(message.reference)).toEqual({ kind: 'not-found' });
    expect(await gateway.send(message)).toMatchObject({ kind: 'accepted' });
    expect((await notify.account()).duplicates).toEqual({});
  });

  it('a look-up that fails is not the same as not found', async () => {
    await notify.ask({ failLookups: { times: 2, status: 504 } });
    expect(await gateway.findByReference(randomUUID())).toMatchObject({ kind: 'try-later' });
    expect(await gateway.statusOf(randomUUID())).toMatchObject({ kind: 'try-later' });
    expect(await gateway.findByReference(randomUUID())).toEqual({ kind: 'not-found' });
  });

  it('what was sent twice after all is found twice, the first one first', async () => {
    const message = sms();
    const ids = [await gateway.send(message), await gateway.send(message)].map(
      (each) => (each as { providerId: string }).providerId,
    );
    const found = await gateway.findByReference(message.reference);
    expect(messagesOf(found).map((each) => each.providerId)).toEqual(ids);
    expect((await notify.account()).duplicates).toEqual({ [message.reference]: 2 });
  });
});

describe('asking what became of a message', () => {
  const end = async (message: NotifyMessage) => {
    const sent = (await gateway.send(message)) as { providerId: string };
    await notify.until(({ accepted }) =>
      accepted.some((each) => each.id === sent.providerId && !/^(created|sending|accepted|pending-)/.test(each.status)),
    );
    const messages = messagesOf(await gateway.statusOf(sent.providerId));
    expect(messages[0]?.completedAt).toBeInstanceOf(Date);
    return messages[0]?.status;
  };

  for (const [what, message, status] of [
    ['a text message that arrives', sms(), 'delivered'],
    ['a number that does not exist', sms({ to: '07700900002' }), 'failed-permanently'],
    ['a telephone that is off', sms({ to: '+44 7700 900003' }), 'failed-temporarily'],
    ['an e-mail that bounces', email({ to: 'perm-fail@simulator.notify' }), 'failed-permanently'],
    ['an inbox that is full', email({ to: 'temp-fail@simulator.notify' }), 'failed-temporarily'],
    ['a letter that was printed', letter(), 'accepted'],
    ['a letter of eleven pages', letter({ pdf: pdfOf(11) }), 'technical'],
  ] as const)
    it(`${what}: ${status}`, async () => {
      expect(await end(message)).toBe(status);
    });

  it('a message Notify could not send, as a test asks for it', async () => {
    await notify.ask({ outcomes: { '07700 900456': 'technical-failure' } });
    expect(await end(sms({ to: '07700900456' }))).toBe('technical');
  });

  it('a smoke-test message, which was thrown away', async () => {
    const { providerId } = (await gateway.send(sms({ to: '07700900000' }))) as { providerId: string };
    expect(await gateway.statusOf(providerId)).toEqual({ kind: 'not-found' });
  });
});

function messagesOf(found: LookedUp) {
  return found.kind === 'found' ? found.messages : [];
}

async function portNobodyHas(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
