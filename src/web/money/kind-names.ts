import type { TransferKind } from '../../ledger/index.ts';

/** What each kind of transfer is called where a journal is narrowed to one. */
export const kindNames: Readonly<Record<TransferKind, string>> = {
  ...{ 'budget-set': 'Budget added', commit: 'Reserved', free: 'Given back', pay: 'Paid', use: 'Reservation used' },
  ...{ send: 'Bank file', 'move-out': 'Moved out', 'move-in': 'Moved in' },
  ...{
    return: 'A payment came back',
    reissue: 'Owed again after it came back',
    'not-taken': 'A file the bank did not take',
  },
  ...{ 'send-again': 'Bank file of payments made again', 'not-spent': 'Not paid again: spent no longer' },
  ...{ 'not-used': 'Not paid again: back in the fund', 'give-back': 'A payee gives money back' },
  ...{ 'put-back': 'Given back: can be spent again', 'not-given-back': 'Was to be given back, and did not come' },
  ...{ 'use-again': 'Did not come back: not there to be spent', 'owed-back': 'An overpayment is recovered' },
  ...{ 'paid-back': 'Paid back by a smaller payment', 'not-owed-back': 'The rest of an overpayment is given up' },
  ...{
    'bank-out': 'Left the bank',
    'bank-in': 'Came into the bank',
    settle: 'Matched to a file',
    receive: 'Matched to money in',
  },
  ...{ unsettle: 'No longer matched to a file', unreceive: 'No longer matched to money in' },
  ...{ 'write-off-out': 'Written off, paid out', 'write-off-in': 'Written off, paid in' },
  ...{ 'council-out': 'Went to the council itself', 'council-in': 'Came from the council itself' },
};
