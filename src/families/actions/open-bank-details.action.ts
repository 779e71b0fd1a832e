import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import type { BankDetails } from '../domain/bank-details.ts';
import { OpenedBankDetails } from '../views/bank-details.view.ts';
import { noSuchBankDetails } from './decide-bank-details.action.ts';

/** Why somebody may need a whole account number. */
export const openingPurposes = {
  'check-with-family': 'To check it with the family',
  'returned-payment': 'To find out why a payment came back',
  'bank-asks': 'The bank asks about a payment',
  other: 'Something else',
} as const;
/** One of the reasons for which an account number is opened. */
export type OpeningPurpose = keyof typeof openingPurposes;

/** Opens a family's sealed account number for a person who says what for. The look and its purpose are on record. */
@Injectable()
export class OpenBankDetails {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager', 'finance'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly opened: OpenedBankDetails,
  ) {}

  /** @returns the account and whose it is @throws no_such_bank_details */
  async run(
    actor: Actor,
    id: string,
    why: { readonly purpose: OpeningPurpose; readonly reason: string },
  ): Promise<BankDetails & { familyId: string }> {
    mustBeAllowed(actor, OpenBankDetails.allowed);
    personActing(actor);
    return this.unitOfWork.run({ name: 'families.open-bank-details', actor }, async (tx) => {
      const row = await tx.maybe<{ familyId: string }>(
        `select family_id as "familyId" from families.instrument where id = $1`,
        [id],
      );
      const details = (await this.opened.many(tx, [id])).get(id);
      if (!row || !details) throw noSuchBankDetails('No bank details of this council have that number.');
      const detail = { id, ...why };
      tx.audit({ action: 'families.bank-details-opened', subjectKind: 'family', subjectId: row.familyId, detail });
      return { ...details, familyId: row.familyId };
    });
  }
}
