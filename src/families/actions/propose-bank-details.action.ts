import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { FieldSeal, type Transaction, UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import { AccountCheck } from '../account-check.ts';
import { checkBankDetails, type ProposedAccount } from '../domain/bank-details.ts';
import { insertInstruments, lockFamily, newIds } from '../store/families.store.ts';
import { sealedInstrument } from '../store/sealed-instrument.ts';

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
    private readonly accounts: AccountCheck,
  ) {}

  /** @returns the number of the proposed details @throws bank_details_refused, bank_details_already_waiting, no_such_family */
  async run(actor: Actor, familyId: string, details: ProposedAccount): Promise<{ bankDetailsId: string }> {
    mustBeAllowed(actor, ProposeBankDetails.allowed);
    checkBankDetails(details);
    return this.unitOfWork.run({ name: 'families.propose-bank-details', actor }, async (tx) => ({
      bankDetailsId: await this.within(tx, familyId, details),
    }));
  }

  /** Proposes them inside a transaction that does more: a bank said that the present ones are wrong. @returns their number */
  async within(tx: Transaction, familyId: string, details: ProposedAccount): Promise<string> {
    checkBankDetails(details);
    const modulus = this.accounts.passing(details);
    await lockFamily(tx, familyId);
    const [id] = (await newIds(tx, 1)) as [string];
    const coolOffDays = await coolOffDaysFor(tx, familyId);
    const row = sealedInstrument(this.seal, id, familyId, details, { coolOffDays, modulus });
    await insertInstruments(tx, [row], personActing(tx.actor));
    tx.audit({
      ...{ action: 'families.bank-details-proposed', subjectKind: 'family', subjectId: familyId },
      detail: { id, kind: row.kind, modulus, nameCheck: row.name_check_answer },
    });
    return id;
  }
}

/** Gives the days new bank details of a family would wait after approval: none for its first, the council's for a change. */
export async function coolOffDaysFor(tx: Transaction, familyId: string): Promise<number> {
  const approved = await tx.maybe(
    `select 1 from families.instrument where family_id = $1 and state = 'approved' and kind <> 'third-party' limit 1`,
    [familyId],
  );
  return approved ? (await authorityOf(tx)).coolOffDays : 0;
}
