import { Injectable } from '@nestjs/common';
import { agencyOf } from '../../identity/index.ts';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { consentMissing } from '../intake-problems.ts';
import { insertReferral, type NewReferral } from '../store/referral.store.ts';

/** Refers a family to the council, for somebody of a partner agency, with the family's consent on record. */
@Injectable()
export class ReferFamily {
  static readonly allowed: Allowed = { roles: ['partner'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the referral's number @throws consent_missing, no_such_agency */
  async run(actor: Actor, given: NewReferral, idempotency?: Command['idempotency']): Promise<{ referralId: string }> {
    mustBeAllowed(actor, ReferFamily.allowed);
    return this.unitOfWork.run({ name: 'grants.refer-family', actor, idempotency }, async (tx) => {
      const agency = await agencyOf(tx, personActing(actor));
      if (given.consentOn > tx.today)
        throw consentMissing('The consent is of a day to come.', [
          { field: 'consentOn', reason: 'Give a day that is not in the future.' },
        ]);
      const referralId = await insertReferral(tx, agency.id, given);
      const detail = { agency: agency.id, items: given.codes.length };
      tx.audit({ action: 'grants.family-referred', subjectKind: 'referral', subjectId: referralId, detail });
      return { referralId };
    });
  }
}
