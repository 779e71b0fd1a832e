import { DomainError, isPlainDate, Money, type PlainDate } from '../../../kernel/index.ts';

/** Printable words with one space between them: what nearly every line of a bank has. */
const PLAIN = /^(?:[!-~·]+(?: [!-~·]+)*)?$/;
const AMOUNT = /^(\d{1,12})(?:([.,])(\d{0,5}))?$/;

/**
 * Reads an amount as a bank writes it, staying text until it is money.
 * @param mark what stands before the pence
 * @returns the amount, or what is wrong with it
 */
export function amountOf(text: string, mark: '.' | ','): Money | string {
  const [, whole, found, pence = ''] = AMOUNT.exec(text) ?? [];
  if (whole === undefined) return `"${cut(text)}" is no amount: write digits, and a "${mark}" before the pence`;
  if (found !== undefined && found !== mark) return `"${cut(text)}" has a "${found}" where this layout has a "${mark}"`;
  if (/[1-9]/.test(pence.slice(2))) return `"${cut(text)}" has more than two decimals`;
  try {
    return Money.gbp(`${whole.replace(/^0+(?=\d)/, '')}.${pence.slice(0, 2).padEnd(2, '0')}`);
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}

/** Reads a day written `YYMMDD`. */
export function shortDay(text: string): PlainDate | undefined {
  const day = `20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`;
  return /^\d{6}$/.test(text) && isPlainDate(day) ? day : undefined;
}

/**
 * Reads the account a statement is of: an IBAN of a British account, or sort code and account number in any spacing.
 * @returns 14 digits, or nothing
 */
export function accountOf(text: string): string | undefined {
  const written = text.replaceAll(/[\s/-]/g, '').toUpperCase();
  const [, digits] = /^(?:GB\d{2}[A-Z]{4})?(\d{14})$/.exec(written) ?? [];
  return digits;
}

/** Shortens what somebody wrote, so that a problem stays a sentence. */
export function cut(text: string, most = 40): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** Tidies free text of a bank: one space between words, nothing that cannot be printed, so many characters at most. */
export function tidy(text: string, most: number): string {
  if (PLAIN.test(text) && text.length <= most) return text;
  return text
    .replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .trim();
}
