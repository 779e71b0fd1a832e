/** One payment as the bank reads it out of a file. */
export interface BankPayment {
  readonly account: string;
  /** Pounds and pence. */
  readonly amount: string;
  readonly reference: string;
}

/** Reads the payments of a file, by the bank's own reading of the formats: Standard 18, or a list of Faster Payments. */
export function readPayments(text: string): BankPayment[] {
  return text.startsWith('VOL1') ? standard18(text) : fasterPayments(text);
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
    }));
}

function fasterPayments(text: string): BankPayment[] {
  const [, ...lines] = text.split('\r\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => line.split(','))
    .map(([, account = '', , amount = '', reference = '']) => ({ account, amount, reference }));
}

function pounds(pence: string): string {
  const digits = pence.replace(/^0+/, '').padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
