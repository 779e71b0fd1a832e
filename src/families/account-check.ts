import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type ReadyConfig } from '../platform/index.ts';
import { type BankDetails, bankDetailsRefused, isAccount } from './domain/bank-details.ts';
import { checkAccount, type ModulusResult } from './domain/modulus/check-account.ts';
import type { ModulusTables } from './domain/modulus/modulus-tables.ts';
import { modulusTablesIn } from './modulus-folder.ts';

/** What is said of an account number that cannot exist. */
export const CANNOT_EXIST =
  'No account with this sort code can have this number: a digit is wrong. Read both again from the card or a statement.';

/** Checks account numbers by the tables the operator loaded (`MODULUS_TABLES`); without them nothing is checked. */
@Injectable()
export class AccountCheck implements OnModuleInit {
  #tables: ModulusTables | undefined;

  constructor(@Inject(CONFIG) private readonly config: ReadyConfig) {}

  /** Reads the tables once, so that a process with tables it cannot read does not start. @throws modulus_tables_refused */
  async onModuleInit(): Promise<void> {
    const folder = this.config.MODULUS_TABLES;
    if (folder) this.#tables = await modulusTablesIn(folder);
  }

  resultFor(details: BankDetails): ModulusResult {
    // A card and vouchers are no account: there is nothing to check.
    return this.#tables && isAccount(details) ? checkAccount(this.#tables, details) : 'not-checked';
  }

  /** Checks an account somebody proposes. @throws bank_details_refused when it cannot exist */
  passing(details: BankDetails): Exclude<ModulusResult, 'invalid'> {
    const result = this.resultFor(details);
    if (result !== 'invalid') return result;
    throw bankDetailsRefused('The account number cannot exist.', [{ field: 'accountNumber', reason: CANNOT_EXIST }]);
  }
}
