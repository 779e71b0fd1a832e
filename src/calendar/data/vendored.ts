import vendored from './bank-holidays.json' with { type: 'json' };
import { type BankHolidays, readBankHolidays } from '../domain/bank-holidays.ts';

/** Gives the bank holidays that came with this release, as GOV.UK published them. */
export function vendoredBankHolidays(): BankHolidays {
  return readBankHolidays(JSON.stringify(vendored));
}
