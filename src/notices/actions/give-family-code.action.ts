import { Injectable } from '@nestjs/common';
import { familyDetail } from '../../families/index.ts';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { makeCodes } from '../access/make-links.ts';

/** Gives a worker a code for a family, to be read out or handed over: it opens the family's own page, and is shown once. */
@Injectable()
export class GiveFamilyCode {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager', 'finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_family */
  async run(actor: Actor, familyId: string): Promise<{ code: string }> {
    mustBeAllowed(actor, GiveFamilyCode.allowed);
    return this.unitOfWork.run({ name: 'notices.give-family-code', actor }, async (tx) => {
      await familyDetail(tx, familyId);
      const code = (await makeCodes(tx, [{ familyId }])).get(familyId) ?? '';
      tx.audit({ action: 'notices.family-code-given', subjectKind: 'family', subjectId: familyId });
      return { code };
    });
  }
}
