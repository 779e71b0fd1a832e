import type { BankPayment } from './read-payments.ts';

/** Which accounts come back, with which code. */
export const COMES_BACK: Readonly<Record<string, string>> = {
  ...{ 99900000: '0', 99900002: '2', 99900003: '3', 99900005: '5', 99900011: 'B', 99900012: 'C' },
};
/** Of which accounts the details are wrong, with which code. */
export const WRONG: Readonly<Record<string, string>> = { 99900030: '0', 99900033: '3' };
/** Where the money of wrong details arrives all the same. */
const RIGHT = { sortCode: '000016', account: '11223344' };

/** Tells what became of a file. */
export function inputReport(name: string, isRejected: boolean): string {
  const status = isRejected ? 'REJECTED' : 'ACCEPTED';
  const reason = isRejected ? ' message="Outside the processing window"' : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<InputReport><Submission fileName="${name}" status="${status}"${reason}/></InputReport>\n`;
}

/** Tells which payments came back. */
export function arucs(payments: readonly BankPayment[], isStrange = false): string {
  const lines = payments.map(({ account, amount, reference }) => `${reference},${amount},${COMES_BACK[account]}`);
  return ['reference,amount,code', ...lines, ...(isStrange ? ['MS 999999999,12.50,3'] : []), ''].join('\n');
}

/** Tells which details are wrong, and what is right. */
export function awacs(payments: readonly BankPayment[]): string {
  const corrected = `<CorrectedAccount sortCode="${RIGHT.sortCode}" accountNumber="${RIGHT.account}"/>`;
  const items = payments.map(
    ({ account, amount, reference }) =>
      `<Advice ref="${reference}" valueOf="${amount}" reasonCode="${WRONG[account]}">${corrected}</Advice>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<AWACS>\n${items.join('\n')}\n</AWACS>\n`;
}

/** Tells which vouchers were cashed. */
export function cashed(vouchers: readonly BankPayment[]): string {
  return ['reference', ...vouchers.map(({ reference }) => reference), ''].join('\n');
}
