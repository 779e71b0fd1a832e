import { outcomeOfFailure, outcomeOfLookup } from '../../src/notices/notify/outcome-of-failure.ts';

const now = new Date('2026-11-25T23:59:58.500Z');
const number = '07700900123';
const answered = (status: number, error: string, message: string) => ({
  response: { status, data: { status_code: status, errors: [{ error, message }] } },
});
const outcome = (thrown: unknown) => outcomeOfFailure(thrown, number, now);
const later = expect.objectContaining({ kind: 'try-later' });
const unknown = { kind: 'unknown' };

describe('what a failed sending comes to', () => {
  it('is another try in a second when it was too fast, and none before midnight UTC when it was too many', () => {
    expect(outcome(answered(429, 'RateLimitError', 'Exceeded rate limit'))).toEqual({
      kind: 'try-later',
      after: new Date('2026-11-25T23:59:59.500Z'),
    });
    expect(outcome(answered(429, 'TooManyRequestsError', 'Exceeded send limits'))).toEqual({
      kind: 'stop-until',
      at: new Date('2026-11-26T00:00:00Z'),
    });
  });

  it('is another try in half a minute when something in between is too busy', () => {
    const after = new Date('2026-11-26T00:00:28.500Z');
    expect(outcome({ response: { status: 429, data: '<html>' } })).toEqual({ kind: 'try-later', after });
  });

  it('is another try when nothing can have been taken in', () => {
    for (const status of [500, 503])
      expect(outcome(answered(status, 'Exception', 'Internal server error'))).toEqual(later);
    for (const code of [
      'ECONNREFUSED',
      'ENOTFOUND',
      'EAI_AGAIN',
      'CERT_HAS_EXPIRED',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ])
      expect(outcome({ code })).toEqual(later);
    expect(outcome({ code: 'ETIMEDOUT', syscall: 'connect' })).toEqual(later);
    expect(outcome({ code: 'ERR_NETWORK', cause: { code: 'ENOTFOUND', syscall: 'getaddrinfo' } })).toEqual(later);
  });

  it('is not known when it may have been taken in', () => {
    for (const code of ['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'ERR_CANCELED'])
      expect(outcome({ code })).toEqual(unknown);
    for (const status of [408, 502, 504]) expect(outcome(answered(status, 'EventletTimeout', 'x'))).toEqual(unknown);
    expect(outcome(new Error('anything else'))).toEqual(unknown);
    expect(outcome('File is larger than 5MB.')).toEqual(unknown);
  });

  for (const [code, message, about] of [
    ['ValidationError', 'phone_number Not enough digits', 'recipient'],
    ['ValidationError', 'email_address Not a valid email address', 'recipient'],
    ['InvalidPhoneError', 'Not a UK mobile number', 'recipient'],
    ['InvalidRecipientError', 'Invalid recipient', 'recipient'],
    ['BadRequestError', 'Cannot send to international mobile numbers', 'recipient'],
    ['ValidationError', 'Address must be at least 3 lines', 'recipient'],
    ['BadRequestError', 'Text messages cannot be longer than 918 characters.', 'message'],
    ['BadRequestError', 'Your message is empty.', 'message'],
    ['BadRequestError', 'Cannot decode letter content (invalid base64 encoding)', 'message'],
  ] as const)
    it(`is a refusal for good of the ${about}: "${message}"`, () => {
      expect(outcome(answered(400, code, message))).toEqual({ kind: 'refused', about, code, message });
    });

  for (const [status, code, message] of [
    [401, 'AuthError', 'Unauthorized: authentication token must be provided'],
    [403, 'AuthError', 'Invalid token: API key revoked'],
    [400, 'BadRequestError', 'Template not found'],
    [400, 'BadRequestError', 'Missing personalisation: name'],
    [400, 'BadRequestError', 'Can’t send to this recipient using a team-only API key'],
    [400, 'BadRequestError', 'Service is not allowed to send letters'],
    [403, 'BadRequestError', 'Cannot send letters with a team api key'],
  ] as const)
    it(`blames no family for the account: "${message}"`, () => {
      expect(outcome(answered(status, code, message))).toEqual({ kind: 'not-set-up', code, message });
    });

  it('blames no family for what something in between said', () => {
    for (const status of [302, 400, 404, 407])
      expect(outcome({ response: { status, data: '<html>' } })).toMatchObject({
        kind: 'not-set-up',
        code: 'UnknownError',
      });
  });

  it('says nothing of the recipient', () => {
    const told = outcome(answered(400, 'ValidationError', `phone_number ${number} is not of type string`));
    expect(told).toMatchObject({ kind: 'refused', message: 'phone_number … is not of type string' });
  });
});

describe('what a failed look-up comes to', () => {
  it("is not found by Notify's own word only", () => {
    expect(outcomeOfLookup(answered(404, 'NoResultFound', 'No result found'), now)).toEqual({ kind: 'not-found' });
    expect(outcomeOfLookup({ response: { status: 404, data: 'nginx' } }, now)).toMatchObject({ kind: 'not-set-up' });
  });

  it('is another try when nobody can say', () => {
    for (const thrown of [
      answered(500, 'Exception', ''),
      answered(429, 'RateLimitError', ''),
      { code: 'ECONNRESET' },
      0,
    ])
      expect(outcomeOfLookup(thrown, now)).toEqual(later);
  });

  it('is for an administrator when the key is wrong', () => {
    expect(outcomeOfLookup(answered(403, 'AuthError', 'Invalid token: API key revoked'), now)).toMatchObject({
      kind: 'not-set-up',
      code: 'AuthError',
    });
  });
});
