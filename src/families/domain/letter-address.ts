import { ukPostcode } from './uk-postcode.ts';

/** What GOV.UK Notify says of an address it cannot post to, in its own codes. */
export type LetterAddressCode =
  | 'address-is-empty'
  | 'not-enough-address-lines'
  | 'too-many-address-lines'
  | 'invalid-address-line-1-or-2'
  | 'has-country-for-bfpo-address'
  | 'cant-send-international-letters'
  | 'not-a-real-uk-postcode'
  | 'invalid-char-in-address'
  | 'no-fixed-abode-address';

/** Something that keeps letters from arriving: what, in which line (counted from 1, absent for the whole), and in words. */
export interface LetterAddressFault {
  readonly code: LetterAddressCode;
  readonly line: number | null;
  readonly reason: string;
}

const FORCES = /\bBFPO\b/i;
const NO_HOME = /^N\.?F\.?A\.?$|\bno fixed (?:abode|address)\b/i;
const NO_BEGINNING = /^[@()=[\]"\\/,<>~]/;
const UK = ['UNITED KINGDOM', 'UK', 'GREAT BRITAIN', 'GB', 'ENGLAND', 'SCOTLAND', 'WALES', 'NORTHERN IRELAND'];
const abroad = countriesAbroad();

/** Finds what keeps a letter to an address from arriving, for whoever writes it down: by the rules of GOV.UK Notify. */
export function letterAddressFaults(lines: readonly string[]): LetterAddressFault[] {
  const filled = lines.map((text, index) => ({ text: text.trim(), line: index + 1 })).filter(({ text }) => text !== '');
  if (filled.length === 0) return [fault('address-is-empty', null, 'There is no address.')];
  const homeless = filled.find(({ text }) => NO_HOME.test(text));
  if (homeless)
    return [
      fault(
        'no-fixed-abode-address',
        homeless.line,
        'No letter can be sent to “no fixed abode”. Leave the address empty and choose another way to reach the family.',
      ),
    ];
  return [...countFaults(filled.length), ...placeFaults(filled), ...filled.flatMap(lineFaults)];
}

interface Filled {
  readonly text: string;
  readonly line: number;
}

function fault(code: LetterAddressCode, line: number | null, reason: string): LetterAddressFault {
  return { code, line, reason };
}

function countFaults(count: number): LetterAddressFault[] {
  if (count < 3)
    return [
      fault('not-enough-address-lines', null, 'A letter needs at least three lines: a name, a street and a postcode.'),
    ];
  if (count > 7) return [fault('too-many-address-lines', null, 'A letter has room for seven lines of address.')];
  return [];
}

/** Finds out whether the last line is where a UK letter goes. */
function placeFaults(filled: readonly Filled[]): LetterAddressFault[] {
  const last = filled.at(-1) as Filled;
  const country = filled.find(({ text }) => abroad.has(text.toUpperCase()));
  const forces = filled.find(({ text }) => FORCES.test(text));
  const home = UK.includes(last.text.toUpperCase());
  if (forces && (country ?? home))
    return [
      fault(
        'has-country-for-bfpo-address',
        (country ?? last).line,
        'A BFPO address has no country. Letters from here go to UK addresses only.',
      ),
    ];
  if (forces)
    return [
      fault(
        'cant-send-international-letters',
        forces.line,
        'Letters go to UK addresses only, and BFPO is not one of them.',
      ),
    ];
  if (country && !ukPostcode(last.text))
    return [fault('cant-send-international-letters', country.line, 'Letters go to UK addresses only.')];
  if (ukPostcode(last.text)) return [];
  const reason = home
    ? 'The last line must be the postcode. Leave the country out.'
    : 'That is not a UK postcode, such as SE1 1AA.';
  return [fault('not-a-real-uk-postcode', last.line, reason)];
}

function lineFaults({ text, line }: Filled, index: number): LetterAddressFault[] {
  if (NO_BEGINNING.test(text))
    return [
      fault(
        'invalid-char-in-address',
        line,
        'A line of an address cannot begin with any of these: @ ( ) = [ ] " \\ / , < > ~',
      ),
    ];
  if (index < 2 && !/[\p{L}\p{N}]/u.test(text))
    return [fault('invalid-address-line-1-or-2', line, 'This line needs at least one letter or digit.')];
  return [];
}

/** Names every country but ours, in English, as people write them on an envelope. */
function countriesAbroad(): ReadonlySet<string> {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  const codes = letters.flatMap((first) => letters.map((second) => `${first}${second}`));
  const named = codes.flatMap((code) => names.of(code)?.toUpperCase() ?? []);
  const notAbroad = [...UK, 'JERSEY', 'GUERNSEY', 'ISLE OF MAN'];
  const known = [...named, 'USA', 'REPUBLIC OF IRELAND', 'EIRE', 'HOLLAND', 'TURKEY', 'IVORY COAST'];
  return new Set(known.filter((name) => !notAbroad.includes(name)));
}
