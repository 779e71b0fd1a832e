import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { checkedPlace, checkedReach, checkedWays, type Place, type Reach } from '../domain/contact-details.ts';
import type { Channel } from '../domain/safe-ways.ts';
import { type LockedFamily, lockFamily } from '../store/families.store.ts';

/** What a change writes, and what of it goes on record. */
interface Change {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly detail: Readonly<Record<string, unknown>>;
  /** What else is written once that is. */
  readonly after?: () => Promise<void>;
}

/** Changes how a family is reached and where it lives, for the caseworker. No money depends on either. */
@Injectable()
export class ChangeFamily {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Changes how the family may be told things, in which safe ways and in which language. What is left out stays.
   * @throws family_details_refused, no_such_family, family_changed_meanwhile
   */
  async reach(actor: Actor, familyId: string, given: Reach, shown: number): Promise<{ version: number }> {
    mustBeAllowed(actor, ChangeFamily.allowed);
    const reach = checkedReach(given);
    return this.#change(actor, familyId, shown, 'families.contact-changed', (family, tx) => {
      const { language, contact, mobile, email } = reach;
      const ways = checkedWays(reach, family, { place: family.place, today: tx.today });
      const { safeChannels, firstChannel, safeCheckedOn, reads, interpreter } = ways;
      return {
        sql: `update families.family set language = $2, contact = $3, mobile = $4, email = $5, safe_channels = $6,
                first_channel = $7, safe_checked_on = $8, reads = $9, interpreter = $10, version = version + 1 where id = $1`,
        values: [language, contact, mobile, email, safeChannels, firstChannel, safeCheckedOn, reads, interpreter],
        detail: { language, contact, ...ways, ...(reach.oldIsUnsafe ? { oldIsUnsafe: true } : {}) },
        ...(reach.oldIsUnsafe ? { after: () => callOldContactsUnsafe(tx, familyId, ['sms', 'email']) } : {}),
      };
    });
  }

  /** Changes where the family lives; where it lived is told of other bank details for some days, unless others open its letters. @throws family_details_refused, no_such_family, family_changed_meanwhile */
  async place(
    actor: Actor,
    familyId: string,
    { oldIsUnsafe = false, ...given }: Place & { readonly oldIsUnsafe?: boolean },
    shown: number,
  ): Promise<{ version: number }> {
    mustBeAllowed(actor, ChangeFamily.allowed);
    const { line1, line2, town, postcode, ward } = checkedPlace(given);
    return this.#change(actor, familyId, shown, 'families.address-changed', (_family, tx) => ({
      sql: `update families.family set address_line_1 = $2, address_line_2 = $3, town = $4, postcode = $5, ward = $6,
              version = version + 1 where id = $1`,
      values: [line1, line2, town, postcode, ward],
      detail: { ward, ...(oldIsUnsafe ? { oldIsUnsafe: true } : {}) },
      ...(oldIsUnsafe ? { after: () => callOldContactsUnsafe(tx, familyId, ['letter']) } : {}),
    }));
  }

  #change(
    actor: Actor,
    familyId: string,
    shown: number,
    action: string,
    decide: (family: LockedFamily, tx: Transaction) => Change,
  ): Promise<{ version: number }> {
    return this.unitOfWork.run({ name: action, actor }, async (tx) => {
      const family = await lockFamily(tx, familyId, shown);
      const { sql, values, detail, after } = decide(family, tx);
      await tx.query(sql, [familyId, ...values]);
      await after?.();
      tx.audit({ action, subjectKind: 'family', subjectId: familyId, detail });
      return { version: family.version + 1 };
    });
  }
}

/** Says of every place a family left, of these sorts, that others may read there now: nothing is sent to them. */
async function callOldContactsUnsafe(tx: Transaction, familyId: string, channels: readonly Channel[]): Promise<void> {
  await tx.query(
    `update families.former_contact set unsafe_by = $2, unsafe_on = $3
      where family_id = $1 and channel = any ($4) and unsafe_by is null`,
    [familyId, personActing(tx.actor), tx.today, channels],
  );
}
