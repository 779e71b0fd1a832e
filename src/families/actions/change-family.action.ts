import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { checkedPlace, checkedReach, type Place, type Reach } from '../domain/contact-details.ts';
import { lockFamily } from '../store/families.store.ts';

/** Changes how a family is reached and where it lives, for the caseworker. No money depends on either. */
@Injectable()
export class ChangeFamily {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Changes the language and how the family may be contacted. @throws family_details_refused, no_such_family, family_changed_meanwhile */
  async reach(actor: Actor, familyId: string, given: Reach, shown: number): Promise<{ version: number }> {
    mustBeAllowed(actor, ChangeFamily.allowed);
    const { language, contact, mobile, email } = checkedReach(given);
    return this.#change(actor, familyId, shown, 'families.contact-changed', {
      sql: `update families.family set language = $2, contact = $3, mobile = $4, email = $5, version = version + 1 where id = $1`,
      values: [language, contact, mobile, email],
      detail: { language, contact },
    });
  }

  /** Changes where the family lives. @throws family_details_refused, no_such_family, family_changed_meanwhile */
  async place(actor: Actor, familyId: string, given: Place, shown: number): Promise<{ version: number }> {
    mustBeAllowed(actor, ChangeFamily.allowed);
    const { line1, line2, town, postcode, ward } = checkedPlace(given);
    return this.#change(actor, familyId, shown, 'families.address-changed', {
      sql: `update families.family set address_line_1 = $2, address_line_2 = $3, town = $4, postcode = $5, ward = $6,
              version = version + 1 where id = $1`,
      values: [line1, line2, town, postcode, ward],
      detail: { ward },
    });
  }

  #change(
    actor: Actor,
    familyId: string,
    shown: number,
    action: string,
    change: { sql: string; values: readonly (string | null)[]; detail: Record<string, unknown> },
  ): Promise<{ version: number }> {
    return this.unitOfWork.run({ name: action, actor }, async (tx) => {
      const { version } = await lockFamily(tx, familyId, shown);
      await tx.query(change.sql, [familyId, ...change.values]);
      tx.audit({ action, subjectKind: 'family', subjectId: familyId, detail: change.detail });
      return { version: version + 1 };
    });
  }
}
