import type { Rail, RailPayment } from '../rail.ts';
import { type Standard18Credit, writeStandard18 } from './standard18.ts';

/** Bacs: three days to every bank account. */
export const bacsRail: Rail = {
  ...{ name: 'bacs', ending: '.txt', mediaType: 'text/plain', isSameDay: false },
  write({ serial, originator, createdOn, days, payments }) {
    const file = writeStandard18({
      ...{ serial, createdOn, serviceUserNumber: originator.serviceUserNumber, items: credits(payments) },
      originator: { sortCode: originator.sortCode, account: originator.accountNumber, name: originator.accountName },
      ...{ expiresOn: days.entryDay, processingDay: days.processingDay },
    });
    const { bytes, sha256, creditCount: items, creditPence: pence, warnings } = file;
    return { bytes, sha256, items, pence, warnings: warnings.length };
  },
  totalIn: (bytes) => BigInt(bytes.toString('latin1').split('\r\n').at(-2)?.slice(17, 30) || '-1'),
};

function* credits(payments: readonly RailPayment[]): Generator<Standard18Credit> {
  for (const { payee, amountPence, reference } of payments)
    yield { sortCode: payee.sortCode, account: payee.accountNumber, name: payee.accountName, amountPence, reference };
}
