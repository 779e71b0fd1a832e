import { randomUUID } from 'node:crypto';
import { officialClient, pdfOf, refusalOf, saying } from '../../support/notify-client.ts';
import { StandInNotify } from '../../support/stand-in-notify.ts';

const { smsTemplateId, emailTemplateId, letterTemplateId } = StandInNotify;
const personalisation = { body: 'Hello', subject: 'Hello' };

let notify: StandInNotify;
let client: ReturnType<typeof officialClient>;
/** One in which nothing moves on, for looking at what has just come in. */
let still: StandInNotify;
let stillClient: ReturnType<typeof officialClient>;
beforeAll(async () => {
  notify = await StandInNotify.start();
  client = officialClient(notify);
  still = await StandInNotify.start({ deliveredAfterMs: 3_600_000 });
  stillClient = officialClient(still);
});
afterAll(() => Promise.all([notify.stop(), still.stop()]));

describe('looking at messages in the stand-in', () => {
  it('shows a message as it came in', async () => {
    const { data } = await stillClient.sendSms(smsTemplateId, '07700900123', { personalisation });
    expect((await stillClient.getNotificationById(data.id)).data).toMatchObject({
      ...{ type: 'sms', status: 'created', phone_number: '07700900123', sent_at: null, completed_at: null },
    });
  });

  it('shows a message at its end, with the moment of it', async () => {
    const { id } = (await client.sendSms(smsTemplateId, '07700900123', { personalisation })).data;
    await notify.until(({ accepted }) => accepted.some((each) => each.id === id && each.status === 'delivered'));
    const { data } = await client.getNotificationById(id);
    expect(data.completed_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(data).toMatchObject({ body: 'Hello', email_address: null, line_1: null });
  });

  it('refuses an id that is none, and one it does not know', async () => {
    expect(await refusalOf(client.getNotificationById('7'))).toEqual(
      saying(400, 'ValidationError', 'notification_id is not a valid UUID'),
    );
    expect(await refusalOf(client.getNotificationById(randomUUID()))).toEqual(
      saying(404, 'NoResultFound', 'No result found'),
    );
  });

  it('lists by reference, type and status, newest first, and refuses words it does not know', async () => {
    const reference = randomUUID();
    const sms = await client.sendSms(smsTemplateId, '07700900002', { personalisation, reference });
    const email = await client.sendEmail(emailTemplateId, 'temp-fail@simulator.notify', { personalisation, reference });
    await notify.until(({ accepted }) => accepted.every((each) => !['created', 'sending'].includes(each.status)));
    const ids = async (type?: string, status?: string) =>
      (await client.getNotifications(type, status, reference)).data.notifications.map((each) => each.id);
    expect(await ids()).toEqual([email.data.id, sms.data.id]);
    expect(await ids('sms')).toEqual([sms.data.id]);
    expect(await ids(undefined, 'temporary-failure')).toEqual([email.data.id]);
    expect(await ids(undefined, 'permanent-failure')).toEqual([sms.data.id]);
    expect(await ids(undefined, 'delivered')).toEqual([]);
    expect(await refusalOf(client.getNotifications('pigeon'))).toEqual(
      saying(400, 'ValidationError', 'template_type pigeon is not one of [sms, email, letter]'),
    );
    expect((await refusalOf(client.getNotifications(undefined, 'read'))).errors[0]?.message).toContain(
      'status read is not',
    );
    expect(await refusalOf(client.getNotifications(undefined, undefined, undefined, '7'))).toEqual(
      saying(400, 'ValidationError', 'older_than is not a valid UUID'),
    );
  });

  it('gives 250 at a time, and the way to the next page', async () => {
    const reference = randomUUID();
    const send = () => client.sendSms(smsTemplateId, '07700900123', { personalisation, reference });
    await Promise.all(Array.from({ length: 260 }, send));
    const first = (await client.getNotifications('sms', undefined, reference)).data;
    expect(first.notifications).toHaveLength(250);
    const olderThan = new URL(first.links.next).searchParams.get('older_than') ?? '';
    expect(olderThan).toBe(first.notifications.at(-1)?.id);
    const second = (await client.getNotifications('sms', undefined, reference, olderThan)).data;
    expect(second.notifications).toHaveLength(10);
    const seen = new Set([...first.notifications, ...second.notifications].map((each) => each.id));
    expect(seen.size).toBe(260);
    const last = await client.getNotifications('sms', undefined, reference, second.notifications.at(-1)?.id);
    expect(last.data).toEqual({ notifications: [], links: { current: last.data.links.current } });
  });

  it('shows templates, and what a message would read', async () => {
    expect((await client.getAllTemplates()).data.templates).toHaveLength(3);
    expect((await client.getAllTemplates('letter')).data.templates.map((each) => each.id)).toEqual([letterTemplateId]);
    expect((await client.getTemplateByIdAndVersion(emailTemplateId, 1)).data.subject).toBe('((subject))');
    expect(await refusalOf(client.getTemplateByIdAndVersion(emailTemplateId, 2))).toMatchObject({ status: 404 });
    expect((await client.previewTemplateById(emailTemplateId, personalisation)).data).toMatchObject({
      ...{ id: emailTemplateId, type: 'email', subject: 'Hello', body: 'Hello', html: '<p>Hello</p>' },
    });
    expect(await refusalOf(client.previewTemplateById(smsTemplateId))).toEqual(
      saying(400, 'BadRequestError', 'Missing personalisation: body'),
    );
    expect((await client.getReceivedTexts()).data.received_text_messages).toEqual([]);
  });
});

describe('letters uploaded to the stand-in', () => {
  const upload = async (pdf: Buffer, postage?: 'first') =>
    (await client.sendPrecompiledLetter(randomUUID(), pdf, postage)).data;
  const endOf = async (id: string) => {
    const isAtEnd = (status: string) => !['pending-virus-check', 'accepted'].includes(status);
    const { accepted } = await notify.until((account) =>
      account.accepted.some((each) => each.id === id && isAtEnd(each.status)),
    );
    return accepted.find((each) => each.id === id)?.status;
  };

  it('are looked at first: their pages cannot be had until then', async () => {
    const { id } = (await stillClient.sendPrecompiledLetter(randomUUID(), pdfOf(2))).data;
    expect((await stillClient.getNotificationById(id)).data.status).toBe('pending-virus-check');
    expect(await refusalOf(stillClient.getPdfForLetterNotification(id))).toEqual(
      saying(400, 'PDFNotReadyError', 'PDF not available yet, try again later'),
    );
  });

  it('go second class unless asked, and are printed by the clock', async () => {
    const { id, postage } = await upload(pdfOf(2));
    expect(postage).toBe('second');
    expect(await endOf(id)).toBe('received');
    expect((await client.getPdfForLetterNotification(id)).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await upload(pdfOf(1), 'first')).postage).toBe('first');
  });

  for (const [what, pdf, status] of [
    ['of ten pages is printed', pdfOf(10), 'received'],
    ['of eleven pages is not', pdfOf(11), 'validation-failed'],
    ['of more than 2 MB is not', pdfOf(1, 2 * 1024 * 1024), 'validation-failed'],
    ['that is no PDF is not', Buffer.from('Dear family'), 'validation-failed'],
    [
      'with a virus is not',
      Buffer.concat([pdfOf(1), Buffer.from('EICAR-STANDARD-ANTIVIRUS-TEST-FILE')]),
      'virus-scan-failed',
    ],
  ] as const)
    it(`a letter ${what}: ${status}`, async () => {
      expect(await endOf((await upload(pdf)).id)).toBe(status);
    });

  it('need a reference, a known postage, and base64', async () => {
    const client64 = (content: string, postage?: string) =>
      (client as unknown as { apiClient: { post(path: string, data: object): Promise<unknown> } }).apiClient.post(
        '/v2/notifications/letter',
        { reference: randomUUID(), content, postage },
      );
    expect(await refusalOf(client64('not base64!'))).toEqual(
      saying(400, 'BadRequestError', 'Cannot decode letter content (invalid base64 encoding)'),
    );
    expect(await refusalOf(client64('aGVsbG8=', 'pigeon'))).toEqual(
      saying(400, 'ValidationError', 'postage invalid. It must be first, second or economy.'),
    );
    expect(await refusalOf(client.sendPrecompiledLetter(undefined as unknown as string, pdfOf(1)))).toEqual(
      saying(400, 'ValidationError', 'reference is a required property'),
    );
  });
});
