import type { FieldSeal } from '../../platform/index.ts';
import { accountFingerprint, lastDigitsOf, type ProposedAccount, sealBankDetails } from '../domain/bank-details.ts';
import type { ModulusResult } from '../domain/modulus/check-account.ts';
import { nameCheckAnswers, NOT_ASKED } from '../domain/name-check.ts';
import type { InstrumentRow } from './families.store.ts';

/** Makes the row that keeps a family's bank details: sealed to its own number, two digits to be known by. */
export function sealedInstrument(
  seal: FieldSeal,
  id: string,
  familyId: string,
  details: ProposedAccount,
  { coolOffDays, modulus }: { readonly coolOffDays: number; readonly modulus: ModulusResult },
): InstrumentRow {
  const { answer, reason } = details.nameCheck ?? NOT_ASKED;
  return {
    ...{ id, family_id: familyId, cool_off_days: coolOffDays, last_digits: lastDigitsOf(details) },
    kind: details.kind ?? 'bank',
    sealed: sealBankDetails(seal, id, details).toString('hex'),
    ...{ modulus, name_check: nameCheckAnswers[answer].result, name_check_answer: answer, name_check_reason: reason },
    fingerprint: accountFingerprint(seal, details, id).toString('hex'),
  };
}
