import type { BankFileState, ExceptionRow, VoucherRow } from '../../payments/index.ts';

/** Where a file is, in the words of a finance officer. */
export const stateWords: Readonly<Record<BankFileState, string>> = {
  ...{ exported: 'To be submitted', submitting: 'Being submitted', submitted: 'Submitted' },
  ...{ accepted: 'Accepted', settled: 'Settled', unknown: 'Not known' },
  ...{ rejected: 'Rejected', not_arrived: 'Did not arrive' },
};

/** The colours of those states. */
export const stateColours: Readonly<Record<BankFileState, string>> = {
  ...{ exported: 'blue', submitting: 'yellow', submitted: 'light-blue', accepted: 'green', settled: 'green' },
  ...{ unknown: 'red', rejected: 'red', not_arrived: 'red' },
};

/** What a file pays. */
export const purposeWords = {
  ...{ run: 'A run', reissue: 'Payments made again', rescue: 'In place of a file the bank does not have' },
} as const;

/** What fits nothing here, in words. */
export const exceptionWords: Readonly<Record<ExceptionRow['what'], string>> = {
  'no-such-payment': 'A payment we never sent',
  'no-such-file': 'A file we never sent',
  'file-already-answered': 'Another answer than the bank gave before',
  'not-at-the-bank': 'A payment of a file the bank did not have',
};

/** What a report is of. */
export const reportWords = {
  ...{ input: 'Input report: what became of files', arucs: 'ARUCS: payments that came back' },
  awacs: 'AWACS: the money arrived, the details are wrong',
} as const;

/** Where a voucher is, in the words of a finance officer. */
export const voucherWords: Readonly<Record<VoucherRow['state'], string>> = {
  ...{ issued: 'Issued', redeemed: 'Cashed', expired: 'Expired' },
};
