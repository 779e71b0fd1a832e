import type { FieldSeal } from '../../platform/index.ts';
import { accountFingerprint, type BankDetails, lastDigitsOf, sealBankDetails } from '../domain/bank-details.ts';
import type { InstrumentRow } from './families.store.ts';

/** Makes the row that keeps a family's bank details: sealed to its own number, two digits to be known by. */
export function sealedInstrument(
  seal: FieldSeal,
  id: string,
  familyId: string,
  details: BankDetails,
  coolOffDays: number,
): InstrumentRow {
  return {
    ...{ id, family_id: familyId, cool_off_days: coolOffDays, last_digits: lastDigitsOf(details) },
    kind: details.kind ?? 'bank',
    sealed: sealBankDetails(seal, id, details).toString('hex'),
    fingerprint: accountFingerprint(seal, details, id).toString('hex'),
  };
}
