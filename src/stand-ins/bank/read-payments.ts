/** One payment as the bank reads it out of a file. */
export interface BankPayment {
  /** Empty where it goes to no account. */
  readonly account: string;
  /** Pounds and pence. */
  readonly amount: string;
  readonly reference: string;
  readonly name: string;
  /** Of a voucher: the last day it can be cashed. */
  readonly expires?: string;
}

/** Reads the payments of a file, by the bank's own reading of the formats of every rail. */
export function readPayments(text: string): BankPayment[] {
  if (text.startsWith('VOL1')) return standard18(text);
  if (text.startsWith('<?xml')) return pain001(text);
  if (text.startsWith('VOUCHERS')) return vouchers(text);
  return text.startsWith('B\t') ? cards(text) : fasterPayments(text);
}

/** The day a Bacs file is exchanged, `yyddd` in its label; nothing for what is paid the day it comes. */
export function processingDay(text: string): string | undefined {
  const [, years, days] = /^UHL1 (\d{2})(\d{3})/m.exec(text) ?? [];
  if (years === undefined) return undefined;
  return new Date(Date.UTC(2000 + Number(years), 0, Number(days))).toISOString().slice(0, 10);
}

/** What the bank calls a file on a statement: the number inside it, or the words of its name. */
export function statementWords(name: string, text: string): string {
  const serial = /^VOL1(\d{6})/.exec(text)?.[1];
  return serial === undefined ? name.replace(/\.\w+$/, '').toUpperCase() : `BACS ${serial}`;
}

const CREDIT = '99';

function standard18(text: string): BankPayment[] {
  return text
    .split('\r\n')
    .filter((line) => line.length === 100 && line.slice(15, 17) === CREDIT)
    .map((line) => ({
      account: line.slice(6, 14),
      amount: pounds(line.slice(35, 46)),
      reference: line.slice(64, 82).trim(),
      name: line.slice(82, 100).trim(),
    }));
}

function pain001(text: string): BankPayment[] {
  return text
    .split('<CdtTrfTxInf>')
    .slice(1)
    .map((each) => {
      const inside = (pattern: RegExp): string => pattern.exec(each)?.[1] ?? '';
      return {
        account: inside(/<CdtrAcct>.*?<Id>(\d{14})<\/Id>/s).slice(6),
        amount: inside(/<InstdAmt[^>]*>([\d.]+)</),
        reference: inside(/<Ustrd>([^<]*)</),
        name: inside(/<Cdtr><Nm>([^<]*)</),
      };
    });
}

function vouchers(text: string): BankPayment[] {
  return rows(text, ',')
    .filter(([kind]) => kind === 'V')
    .map(([, reference = '', amount = '', expires = '', name = '']) => ({
      ...{ account: '', amount, reference, name, expires },
    }));
}

function cards(text: string): BankPayment[] {
  return rows(text, '\t').map(([, account = '', amount = '', reference = '']) => ({
    ...{ account, amount, reference, name: '' },
  }));
}

function fasterPayments(text: string): BankPayment[] {
  return rows(text, ',')
    .slice(1)
    .map(([, account = '', name = '', amount = '', reference = '']) => ({ account, amount, reference, name }));
}

function rows(text: string, delimiter: string): string[][] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(delimiter));
}

function pounds(pence: string): string {
  const digits = pence.replace(/^0+/, '').padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
