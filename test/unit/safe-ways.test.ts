import {
  checkedWays,
  isToBeAskedAgain,
  type Place,
  type Reach,
  UNASKED,
  waysToReach,
} from '../../src/families/index.ts';
import { DomainError, plainDate } from '../../src/kernel/index.ts';

const today = plainDate('2026-11-16');
const place: Place = { line1: '1 High Street', line2: null, town: 'London', postcode: 'SE1 1AA', ward: null };
const nowhere: Place = { line1: null, line2: null, town: null, postcode: null, ward: null };
const reach: Reach = { language: 'sq', contact: 'yes', mobile: '+447700900123', email: 'family@example.org' };
const family = { ...reach, safeChannels: UNASKED.safeChannels, firstChannel: null, hasAddress: true };

/** What is refused of a caseworker's answers: fields with reasons. */
function refused(given: Partial<Reach>, where = place, now = UNASKED): (readonly [string | undefined, string])[] {
  try {
    checkedWays({ ...reach, ...given }, now, { place: where, today });
  } catch (error) {
    return (error as DomainError).items.map(({ field, reason }) => [field, reason]);
  }
  return [];
}

describe('The ways to reach a family', () => {
  it('are the safe ones that have somewhere to go: message, e-mail, letter, then a call', () => {
    expect(waysToReach(family)).toEqual(['sms', 'email', 'letter', 'call']);
    expect(waysToReach({ ...family, mobile: null, hasAddress: false })).toEqual(['email', 'call']);
    expect(waysToReach({ ...family, safeChannels: ['letter', 'sms'] })).toEqual(['sms', 'letter']);
  });

  it('begin with the one the family wants first, if it can be used', () => {
    expect(waysToReach({ ...family, firstChannel: 'letter' })).toEqual(['letter', 'sms', 'email', 'call']);
    expect(waysToReach({ ...family, firstChannel: 'letter', hasAddress: false })).toEqual(['sms', 'email', 'call']);
  });

  it('are a call at most, when the family must not be contacted', () => {
    expect(waysToReach({ ...family, contact: 'no' })).toEqual(['call']);
    expect(waysToReach({ ...family, contact: 'no', safeChannels: [] })).toEqual([]);
  });
});

describe('What a caseworker says is safe', () => {
  it('needs a number or an address for each way, and names the field that lacks it', () => {
    expect(refused({ safeChannels: ['sms', 'call'], mobile: null })).toEqual([
      ['mobile', 'Write a mobile number, or untick text message.'],
    ]);
    expect(refused({ safeChannels: ['email'], email: null })).toEqual([
      ['email', 'Write an e-mail address, or untick e-mail.'],
    ]);
    expect(refused({ safeChannels: ['letter'] }, nowhere)).toEqual([
      ['safeChannels', 'Write down the address first, or untick letter.'],
    ]);
  });

  it('is at least one way, or that the family must not be contacted', () => {
    expect(refused({ safeChannels: [] })).toEqual([['safeChannels', expect.stringMatching(/Tick at least one way/)]]);
    expect(refused({ safeChannels: [], contact: 'no' })).toEqual([]);
    expect(refused({ safeChannels: ['sms'], contact: 'no' })).toEqual([
      ['safeChannels', expect.stringMatching(/nothing is sent/)],
    ]);
    expect(refused({ safeChannels: ['call'], contact: 'no' })).toEqual([]);
  });

  it('puts first only what is safe', () => {
    const first = [['firstChannel', 'Choose one of the ways that are safe.']];
    expect(refused({ safeChannels: ['sms'], firstChannel: 'letter' })).toEqual(first);
    expect(refused({ firstChannel: 'sms', contact: 'no' })).toEqual(first);
  });

  it('stays as it was where it is left out', () => {
    const now = { ...UNASKED, safeChannels: ['sms', 'letter'] as const, firstChannel: 'letter' as const, reads: 'ur' };
    const known = { place, today };
    expect(checkedWays(reach, now, known)).toEqual(now);
    expect(checkedWays({ ...reach, safeChannels: ['call', 'sms'] }, now, known)).toEqual({
      ...now,
      ...{ safeChannels: ['sms', 'call'], firstChannel: null },
    });
    expect(checkedWays({ ...reach, askedToday: true, reads: null }, now, known)).toEqual({
      ...now,
      ...{ safeCheckedOn: today, reads: null },
    });
  });

  it('closes every way when it is only that the family must not be contacted', () => {
    const now = { ...UNASKED, firstChannel: 'sms' as const };
    const after = checkedWays({ ...reach, contact: 'no' }, now, { place, today });
    expect([after.safeChannels, after.firstChannel]).toEqual([[], null]);
    const onlyACall = { ...UNASKED, safeChannels: ['call'] as const };
    expect(checkedWays({ ...reach, contact: 'no' }, onlyACall, { place, today }).safeChannels).toEqual(['call']);
  });
});

describe('A family', () => {
  it('is asked again after 90 days, and when nobody has asked', () => {
    expect(isToBeAskedAgain(null, today)).toBe(true);
    expect(isToBeAskedAgain(plainDate('2026-08-18'), today)).toBe(false);
    expect(isToBeAskedAgain(plainDate('2026-08-17'), today)).toBe(true);
  });
});
