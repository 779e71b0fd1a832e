import { bearsTokenOf, readCallback, tokenDigest } from '../../src/notices/index.ts';

const receipt = {
  id: '740e5834-3a29-46b4-9a6f-16142fde533a',
  reference: 'notice-0b8f3c0e-6a44-4b7f-8a8e-3b1f6a7f0001',
  to: '07700900123',
  status: 'delivered',
  created_at: '2026-11-25T12:15:30.000000Z',
  completed_at: '2026-11-25T12:15:34.000000Z',
  sent_at: '2026-11-25T12:15:31.000000Z',
  notification_type: 'sms',
  template_id: 'f33517ff-2a88-4f6e-b855-c550268ce08a',
  template_version: 1,
};

describe('a receipt from Notify', () => {
  it('is read, without the number it was sent to', () => {
    const read = readCallback(receipt);
    expect(read).toEqual({
      kind: 'receipt',
      providerId: receipt.id,
      reference: receipt.reference,
      channel: 'sms',
      status: 'delivered',
      sentAt: new Date('2026-11-25T12:15:31Z'),
      completedAt: new Date('2026-11-25T12:15:34Z'),
    });
    expect(JSON.stringify(read)).not.toContain(receipt.to);
  });

  it('may come before the end, and without a reference', () => {
    const early = { ...receipt, status: 'sending', reference: null, completed_at: null, sent_at: null };
    expect(readCallback(early)).toMatchObject({ status: 'accepted', reference: null, completedAt: null, sentAt: null });
  });

  it('may carry fields that are not known yet', () => {
    expect(readCallback({ ...receipt, carrier: 'pigeon' })).toMatchObject({ kind: 'receipt' });
  });

  it('of a letter says that it came back', () => {
    const returned = { notification_id: receipt.id, reference: receipt.reference, date_sent: '2026-11-25 12:00:00' };
    expect(readCallback(returned)).toEqual({
      kind: 'returned-letter',
      providerId: receipt.id,
      reference: receipt.reference,
      status: 'failed-permanently',
    });
  });

  for (const [what, body, fields] of [
    ['a word', 'hello', 'the body'],
    ['nothing', null, 'the body'],
    ['a list', [], 'the body'],
    ['an empty body', {}, 'id, status, notification_type'],
    ['a status nobody knows', { ...receipt, status: 'read' }, 'status'],
    ['an id that is none', { ...receipt, id: '07700900123' }, 'id'],
    ['a moment that is none', { ...receipt, completed_at: 'yesterday' }, 'completed_at'],
    ['a returned letter without an id', { notification_id: 7 }, 'notification_id'],
  ] as const)
    it(`is not ${what}, and the fields are named, never what was in them`, () => {
      const read = readCallback(body);
      expect(read.kind).toBe('problem');
      expect((read as { reason: string }).reason).toContain(fields);
      expect(JSON.stringify(read)).not.toContain('07700900123');
    });
});

describe('the token of the webhook', () => {
  const kept = tokenDigest('a-long-secret');
  it('lets in who has it, however the scheme is written', () => {
    expect(bearsTokenOf('Bearer a-long-secret', kept)).toBe(true);
    expect(bearsTokenOf('bearer a-long-secret', kept)).toBe(true);
  });

  it('lets in nobody else: not with another, a part of it, or none', () => {
    for (const header of [
      'Bearer another',
      'Bearer a-long-secre',
      'Basic a-long-secret',
      'a-long-secret',
      '',
      undefined,
    ])
      expect(bearsTokenOf(header, kept)).toBe(false);
  });
});
