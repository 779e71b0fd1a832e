/** How a bank writes the days of its CSV files. */
export type DayWritten = 'day/month/year' | 'year-month-day' | 'day-month-name-year';

/** One bank's layout of a CSV statement, as data: another bank is another of these. */
export interface CsvProfile {
  readonly name: string;
  readonly delimiter: ',' | ';';
  /** The whole first row, by which the layout is known. */
  readonly header: readonly string[];
  readonly day: { readonly column: string; readonly written: DayWritten };
  /** One column with the account, or two with sort code and number. */
  readonly account: readonly string[];
  /** Out and in beside each other, or one column in which money that left is below nought. */
  readonly amount: { readonly out: string; readonly in: string } | { readonly signed: string };
  /** What stood on the account after the line: without it nothing would prove the file. */
  readonly balance: string;
  readonly reference: string;
  readonly details: readonly string[];
}

/** The layouts that are read. */
export const csvProfiles: readonly CsvProfile[] = [
  {
    name: 'out-and-in-columns',
    delimiter: ',',
    header: [
      ...['Transaction Date', 'Transaction Type', 'Sort Code', 'Account Number', 'Transaction Description'],
      ...['Debit Amount', 'Credit Amount', 'Balance'],
    ],
    day: { column: 'Transaction Date', written: 'day/month/year' },
    account: ['Sort Code', 'Account Number'],
    amount: { out: 'Debit Amount', in: 'Credit Amount' },
    balance: 'Balance',
    reference: 'Transaction Description',
    details: ['Transaction Type'],
  },
  {
    name: 'signed-value-column',
    delimiter: ',',
    header: ['Date', 'Type', 'Description', 'Value', 'Balance', 'Account Name', 'Account Number'],
    day: { column: 'Date', written: 'day-month-name-year' },
    account: ['Account Number'],
    amount: { signed: 'Value' },
    balance: 'Balance',
    reference: 'Description',
    details: ['Type'],
  },
  {
    name: 'plain-exchange',
    delimiter: ';',
    header: ['booked', 'account', 'reference', 'details', 'amount', 'balance'],
    day: { column: 'booked', written: 'year-month-day' },
    account: ['account'],
    amount: { signed: 'amount' },
    balance: 'balance',
    reference: 'reference',
    details: ['details'],
  },
];
