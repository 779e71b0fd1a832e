import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, FieldSeal, UnitOfWork } from '../../platform/index.ts';
import { type BankDetails, checkBankDetails } from '../domain/bank-details.ts';
import { insertInstruments, lockFamily, newIds } from '../store/families.store.ts';
import { AccountCheck } from '../account-check.ts';
import { sealedInstrument } from '../store/sealed-instrument.ts';

/** Proposes whom else a family's grants may be paid to: a landlord, a shop, the Home Office. A second person approves it. */
@Injectable()
export class ProposePayee {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
    private readonly accounts: AccountCheck,
  ) {}

  /** @returns the number of the payee's details @throws bank_details_refused, no_such_family */
  async run(
    actor: Actor,
    familyId: string,
    { payeeName, ...details }: BankDetails & { readonly payeeName: string },
    idempotency?: Command['idempotency'],
  ): Promise<{ payeeId: string }> {
    mustBeAllowed(actor, ProposePayee.allowed);
    const other = { ...details, kind: 'third-party' } as const;
    checkBankDetails(other);
    const modulus = this.accounts.passing(other);
    return this.unitOfWork.run({ name: 'families.propose-payee', actor, idempotency }, async (tx) => {
      await lockFamily(tx, familyId);
      const [id] = (await newIds(tx, 1)) as [string];
      const row = sealedInstrument(this.seal, id, familyId, other, { coolOffDays: 0, modulus });
      await insertInstruments(tx, [{ ...row, payee_name: payeeName }], personActing(actor));
      tx.audit({
        action: 'families.payee-proposed',
        subjectKind: 'family',
        subjectId: familyId,
        detail: { id, modulus },
      });
      return { payeeId: id };
    });
  }
}
