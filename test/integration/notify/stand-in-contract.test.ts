import { createHmac, randomUUID } from 'node:crypto';
import { officialClient, refusalOf, saying } from '../../support/notify-client.ts';
import { StandInNotify } from '../../support/stand-in-notify.ts';

const { smsTemplateId, emailTemplateId, letterTemplateId, service, apiKey } = StandInNotify;
const personalisation = { body: 'Your next payment is on Tuesday.', subject: 'About Tuesday' };
const number = '07700900123';

let notify: StandInNotify;
let client: ReturnType<typeof officialClient>;
beforeAll(async () => {
  notify = await StandInNotify.start();
  client = officialClient(notify);
});
afterAll(() => notify.stop());

const post = async (path: string, body: string) => {
  const headers = { authorization: `Bearer ${token()}` };
  const response = await fetch(`${notify.url}${path}`, { method: 'POST', headers, body });
  return { status: response.status, ...((await response.json()) as { errors: unknown }) };
};

describe('sending through the stand-in, with the official client', () => {
  it('answers a text message with its id, its words and its template', async () => {
    const reference = randomUUID();
    const { status, data } = await client.sendSms(smsTemplateId, number, { personalisation, reference });
    expect(status).toBe(201);
    expect(data).toEqual({
      id: data.id,
      reference,
      content: { body: personalisation.body, from_number: 'GOVUK' },
      uri: `${notify.url}/v2/notifications/${data.id}`,
      template: { id: smsTemplateId, version: 1, uri: `${notify.url}/v2/template/${smsTemplateId}/version/1` },
      scheduled_for: null,
    });
  });

  it('answers an e-mail with its subject and the way out of it', async () => {
    const oneClickUnsubscribeURL = 'https://example.gov.uk/stop';
    const { data } = await client.sendEmail(emailTemplateId, 'ada@example.com', {
      ...{ personalisation, oneClickUnsubscribeURL },
    });
    expect(data.content).toEqual({
      subject: personalisation.subject,
      body: personalisation.body,
      from_email: 'families@notifications.service.gov.uk',
      one_click_unsubscribe_url: oneClickUnsubscribeURL,
    });
    expect(data.reference).toBeNull();
  });

  it('answers a letter made from a template, whose address has three to seven lines and a postcode', async () => {
    const address = { address_line_1: 'A Family', address_line_2: '1 High Street', address_line_3: 'N1 1AA' };
    const letter = (more: object) =>
      client.sendLetter(letterTemplateId, { personalisation: { ...personalisation, ...address, ...more } });
    const { data } = await letter({});
    expect(data).toMatchObject({ content: { subject: 'About Tuesday' }, scheduled_for: null });
    expect(await refusalOf(letter({ address_line_2: '' }))).toEqual(
      saying(400, 'ValidationError', 'Address must be at least 3 lines'),
    );
    expect(await refusalOf(letter({ address_line_3: 'London' }))).toEqual(
      saying(400, 'ValidationError', 'Last line of address must be a real UK postcode or another country'),
    );
  });

  it('takes smoke-test recipients and forgets them', async () => {
    const before = await notify.account();
    const sms = await client.sendSms(smsTemplateId, '07700 900111', { personalisation });
    const email = await client.sendEmail(
      ...([emailTemplateId, 'simulate-delivered-2@notifications.service.gov.uk', { personalisation }] as const),
    );
    expect([sms.status, email.status]).toEqual([201, 201]);
    expect(await refusalOf(client.getNotificationById(sms.data.id))).toEqual(
      saying(404, 'NoResultFound', 'No result found'),
    );
    expect((await notify.account()).counts).toEqual(before.counts);
  });
});

describe('what the stand-in refuses, in the words of Notify', () => {
  const refusals: readonly (readonly [string, () => Promise<unknown>, string, string])[] = [
    [
      'a template that is none',
      () => client.sendSms('7', number),
      'ValidationError',
      'template_id is not a valid UUID',
    ],
    ['a template nobody made', () => client.sendSms(randomUUID(), number), 'BadRequestError', 'Template not found'],
    [
      ...(['a template of another type', () => client.sendSms(emailTemplateId, number, { personalisation })] as const),
      ...(['BadRequestError', 'email template is not suitable for sms notification'] as const),
    ],
    [
      ...(['a hole left open', () => client.sendEmail(emailTemplateId, 'ada@example.com')] as const),
      ...(['BadRequestError', 'Missing personalisation: subject, body'] as const),
    ],
    [
      ...(['a text of 919 characters', () => sms(number, 'x'.repeat(919))] as const),
      'BadRequestError',
      'Text messages cannot be longer than 918 characters. Your message is 919 characters long.',
    ],
    ['a message that says nothing', () => sms(number, ' '), 'BadRequestError', 'Your message is empty.'],
    ['a number too short', () => sms('0770090012'), 'ValidationError', 'phone_number Not enough digits'],
    ['a number too long', () => sms('077009001234'), 'ValidationError', 'phone_number Too many digits'],
    ['a landline', () => sms('020 7946 0000'), 'ValidationError', 'phone_number Not a UK mobile number'],
    [
      'letters in a number',
      () => sms('07700 9OO123'),
      'ValidationError',
      'phone_number Must not contain letters or symbols',
    ],
    [
      'a number abroad',
      () => sms('+33 6 12 34 56 78'),
      'BadRequestError',
      'Cannot send to international mobile numbers',
    ],
    [
      ...([
        'an address that is none',
        () => client.sendEmail(emailTemplateId, 'ada@home', { personalisation }),
      ] as const),
      ...(['ValidationError', 'email_address Not a valid email address'] as const),
    ],
  ];
  const sms = (to: string, body = 'Hello') => client.sendSms(smsTemplateId, to, { personalisation: { body } });

  for (const [what, ask, error, message] of refusals)
    it(`${what}: ${message}`, async () => {
      expect(await refusalOf(ask())).toEqual(saying(400, error, message));
    });

  it('says everything that is wrong with a body at once, fields it does not know too', async () => {
    const body = { phone_number: 7700900123, colour: 'blue', size: 'big', reference: 'x'.repeat(1001) };
    const answer = await post('/v2/notifications/sms', JSON.stringify(body));
    const messages = (answer.errors as { error: string; message: string }[]).map((each) => each.message.slice(0, 80));
    expect(answer.status).toBe(400);
    expect(messages).toEqual([
      'template_id is a required property',
      'Additional properties are not allowed (colour, size were unexpected)',
      'phone_number 7700900123 is not of type string',
      `reference ${'x'.repeat(70)}`,
    ]);
  });

  it('a body that is not JSON, and one that is no object', async () => {
    expect(await post('/v2/notifications/sms', '{')).toMatchObject({
      ...{ status: 400, errors: [{ error: 'BadRequestError', message: 'Invalid JSON supplied in POST data' }] },
    });
    expect(await post('/v2/notifications/email', '[]')).toMatchObject({
      ...{ status: 400, errors: [{ error: 'ValidationError', message: '[] is not of type object' }] },
    });
  });

  it('an address it does not have', async () => {
    expect((await post('/v2/notifications/pigeon', '{}')).status).toBe(404);
  });
});

describe('who the stand-in lets in', () => {
  const asked = async (authorization?: string) => {
    const response = await fetch(`${notify.url}/v2/templates`, { headers: authorization ? { authorization } : {} });
    return { status: response.status, errors: ((await response.json()) as { errors: unknown }).errors };
  };

  it('knows the token of the contract', () => {
    expect(token({ iss: service, iat: 1568818578 })).toBe(
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiIyNjc4NWEwOS1hYjE2LTRlYjAtODQwNy1hMzc0OTdhNTc1MDYiLCJpYXQiOjE1Njg4MTg1Nzh9.YlLRluAeKD8aULjyZVgSwNwmUxolUmcv5g2k84o7ZTU',
    );
  });

  for (const [what, header, status, message] of [
    ['no token', () => undefined, 401, 'Unauthorized: authentication token must be provided'],
    ['another scheme', () => `Basic ${token()}`, 401, 'Unauthorized: authentication bearer scheme must be used'],
    [
      'a clock 31 seconds slow',
      () => bearer({ iat: seconds() - 31.5 }),
      403,
      'Error: Your system clock must be accurate to within 30 seconds',
    ],
    [
      'a clock 31 seconds fast',
      () => bearer({ iat: seconds() + 31.5 }),
      403,
      'Error: Your system clock must be accurate to within 30 seconds',
    ],
    ['another secret', () => bearer({}, { secret: randomUUID() }), 403, 'Invalid token: API key not found'],
    ['what is no token', () => 'Bearer hello', 403, 'Invalid token: API key not found'],
    ['another service', () => bearer({ iss: randomUUID() }), 403, 'Invalid token: service not found'],
    ['no service', () => bearer({ iss: undefined }), 403, 'Invalid token: iss field not provided'],
    ['another algorithm', () => bearer({}, { alg: 'none' }), 403, 'Invalid token: algorithm used is not HS256'],
  ] as const)
    it(`refuses ${what}: ${message}`, async () => {
      expect(await asked(header())).toEqual(saying(status, 'AuthError', message));
    });

  it('lets a clock be out by 29 seconds', async () => {
    expect((await asked(bearer({ iat: seconds() - 29 }))).status).toBe(200);
  });

  it('refuses a key that was revoked', async () => {
    await notify.ask({ revokeKey: true });
    expect(await refusalOf(client.getAllTemplates())).toEqual(
      saying(403, 'AuthError', 'Invalid token: API key revoked'),
    );
    await notify.ask({ clear: true });
  });
});

function seconds(): number {
  return Date.now() / 1000;
}

function bearer(claims: object, how?: { secret?: string; alg?: string }): string {
  return `Bearer ${token({ iss: service, iat: seconds(), ...claims }, how)}`;
}

function token(
  claims: object = { iss: service, iat: seconds() },
  { secret = apiKey.slice(-36), alg = 'HS256' }: { secret?: string; alg?: string } = {},
): string {
  const parts = [{ alg, typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const signed = parts.join('.');
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
