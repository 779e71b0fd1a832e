import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { FieldSeal, UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import { type BankDetails, checkBankDetails } from '../domain/bank-details.ts';
import { insertInstruments, newIds } from '../store/families.store.ts';
import { sealedInstrument } from '../store/sealed-instrument.ts';
import { noSuchFamily } from '../views/families.view.ts';

/** Tells a caseworker that one change of this family's bank details is already waiting. */
export const bankDetailsWaiting = defineProblem('bank_details_already_waiting', {
  status: 409,
  title: 'New bank details are already waiting for a second person',
  whatToDo: 'Have the waiting ones approved or refused first.',
});
whenConstraintBreaks('uq_instrument_one_proposal_a_family', () => bankDetailsWaiting('One change at a time.'));

/** Proposes new bank details for a family. They are used only after a second person and the cool-off. */
@Injectable()
export class ProposeBankDetails {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
  ) {}

  /** @returns the number of the proposed details @throws bank_details_refused, bank_details_already_waiting, no_such_family */
  async run(actor: Actor, familyId: string, details: BankDetails): Promise<{ bankDetailsId: string }> {
    mustBeAllowed(actor, ProposeBankDetails.allowed);
    checkBankDetails(details);
    return this.unitOfWork.run({ name: 'families.propose-bank-details', actor }, async (tx) => {
      const family = await tx.maybe(`select 1 from families.family where id = $1 for update`, [familyId]);
      if (!family) throw noSuchFamily('No family of this council has that number.');
      const [id] = (await newIds(tx, 1)) as [string];
      const first = !(await tx.maybe(`select 1 from families.instrument where family_id = $1 and state = 'approved'`, [
        familyId,
      ]));
      const coolOffDays = first ? 0 : (await authorityOf(tx)).coolOffDays;
      const row = sealedInstrument(this.seal, id, familyId, details, coolOffDays);
      await insertInstruments(tx, [row], personActing(actor));
      tx.audit({
        action: 'families.bank-details-proposed',
        subjectKind: 'family',
        subjectId: familyId,
        detail: { id },
      });
      return { bankDetailsId: id };
    });
  }
}
