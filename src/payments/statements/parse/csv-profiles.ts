import type { CsvProfile } from './csv-layout.ts';

/** The layouts that come with the release; a council's own stand beside them. */
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
