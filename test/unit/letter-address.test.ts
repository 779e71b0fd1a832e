import { checkedPlace, letterAddressFaults, type Place, ukPostcode } from '../../src/families/index.ts';
import type { DomainError } from '../../src/kernel/index.ts';

const street = ['A Family', '1 High Street', 'London'];

describe('An address a letter goes to', () => {
  it.each<[string, string[]]>([
    ['three lines', ['A Family', '1 High Street', 'SE1 1AA']],
    ['seven lines', ['A Family', 'Flat 2', 'The House', '1 High Street', 'Newtown', 'London', 'se11aa']],
    ['a Scottish one with a letter in the middle', ['A Family', '1 The Row', 'EC1A 1BB']],
    ['one with empty lines between', ['A Family', '', '1 High Street', ' ', 'W1A 0AX']],
    ['a town that is called as a country is', ['A Family', '1 Gibraltar', 'SE1 1AA']],
  ])('is taken with %s', (_what, lines) => {
    expect(letterAddressFaults(lines)).toEqual([]);
  });

  it.each<[string, string[], string, number | null, RegExp]>([
    ['nothing', [], 'address-is-empty', null, /no address/],
    ['only blanks', ['', '  '], 'address-is-empty', null, /no address/],
    ['two lines', ['A Family', 'SE1 1AA'], 'not-enough-address-lines', null, /at least three/],
    ['eight lines', [...street, ...street, 'Kent', 'SE1 1AA'], 'too-many-address-lines', null, /seven/],
    ['dots for a name', ['...', '1 High Street', 'SE1 1AA'], 'invalid-address-line-1-or-2', 1, /letter or digit/],
    ['dots for a street', ['A Family', '--', 'London', 'SE1 1AA'], 'invalid-address-line-1-or-2', 2, /letter or digit/],
    [
      'a forces address with a country',
      [...street, 'BFPO 12', 'Germany'],
      'has-country-for-bfpo-address',
      5,
      /no country/,
    ],
    ['a forces address', [...street, 'BFPO 12'], 'cant-send-international-letters', 4, /UK addresses only/],
    ['another country', [...street, 'France'], 'cant-send-international-letters', 4, /UK addresses only/],
    [
      'another country, loudly',
      [...street, '75001', 'IRELAND'],
      'cant-send-international-letters',
      5,
      /UK addresses only/,
    ],
    ['our country last', [...street, 'SE1 1AA', 'England'], 'not-a-real-uk-postcode', 5, /Leave the country out/],
    ['no postcode', street, 'not-a-real-uk-postcode', 3, /not a UK postcode/],
    ['a postcode of nowhere', [...street, 'QQ1 1AA'], 'not-a-real-uk-postcode', 4, /not a UK postcode/],
    [
      'a line that begins with a sign',
      ['A Family', '(Flat 1)', 'SE1 1AA'],
      'invalid-char-in-address',
      2,
      /cannot begin/,
    ],
    ['NFA', ['A Family', 'NFA', 'SE1 1AA'], 'no-fixed-abode-address', 2, /Leave the address empty/],
    ['no fixed abode', ['A Family', 'Of No Fixed Abode', 'SE1 1AA'], 'no-fixed-abode-address', 2, /another way/],
    ['no fixed address', ['A Family', 'no fixed address', 'SE1 1AA'], 'no-fixed-abode-address', 2, /another way/],
  ])('is refused with %s', (_what, lines, code, line, reason) => {
    const faults = letterAddressFaults(lines);
    expect(faults).toEqual([{ code, line, reason: expect.stringMatching(reason) }]);
  });
});

describe('A postcode', () => {
  it.each([
    ['se11aa', 'SE1 1AA'],
    [' W1A  0ax', 'W1A 0AX'],
    ['BT1 1AA', 'BT1 1AA'],
    ['JE2 3AB', 'JE2 3AB'],
    ['gir 0aa', 'GIR 0AA'],
  ])('is read from %s', (written, read) => expect(ukPostcode(written)).toBe(read));

  it.each(['NS1 1AA', 'SE1', 'SE1 1AI', 'SE111 1AA', '75001', 'Q1 1AA', ''])('is none in "%s"', (written) => {
    expect(ukPostcode(written)).toBeUndefined();
  });
});

describe('Where a family lives', () => {
  const place: Place = { line1: '1 High Street', line2: null, town: 'London', postcode: 'se1 1aa', ward: 'North' };
  const faultsOf = (changes: Partial<Place>): unknown => {
    try {
      return checkedPlace({ ...place, ...changes });
    } catch (error) {
      return (error as DomainError).items.map(({ field, reason }) => `${field}: ${reason}`);
    }
  };
  const nowhere = { line1: null, line2: null, town: null, postcode: null };

  it('is kept tidied', () => {
    expect(faultsOf({})).toEqual({ ...place, postcode: 'SE1 1AA' });
    expect(faultsOf(nowhere)).toEqual({ ...place, ...nowhere });
  });

  it.each<[Partial<Place>, string[]]>([
    [{ ...nowhere, line1: 'NFA' }, ['line1: No letter can be sent to “no fixed abode”.']],
    [{ town: null, postcode: 'Ireland' }, ['postcode: Letters go to UK addresses only.']],
    [{ town: 'BFPO 12' }, ['town: Letters go to UK addresses only, and BFPO']],
    [{ line2: '/ rear' }, ['line2: A line of an address cannot begin']],
    [{ line1: '—' }, ['line1: This line needs at least one letter or digit.']],
    [{ postcode: 'NS1 1AA' }, ['postcode: That is not a UK postcode, such as SE1 1AA.']],
    [{ postcode: 'Wales' }, ['postcode: The last line must be the postcode.']],
    [
      { town: null, postcode: null },
      ['town: A letter needs the first line', 'postcode: A letter needs the first line'],
    ],
  ])('is refused as %j, at the field that is wrong', (changes, expected) => {
    expect(faultsOf(changes)).toEqual(expected.map((begin) => expect.stringContaining(begin) as unknown));
  });
});
