import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, type Money, mustBeAllowed, type PlainDate, type Role } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import type { LimitKind } from '../views/limit-in-force.view.ts';
import type { FamilyLimit } from '../views/limits-held.view.ts';

/** Up to how much a role may decide, from a day on; or one person in that role, in place of the role's limit. */
export interface NewLimit {
  readonly role: Role;
  readonly person?: PersonLimited | null;
  readonly kind: LimitKind;
  readonly amount: Money;
  /** How much one family may be given in some months, when that is limited too. */
  readonly family?: FamilyLimit | null;
  readonly effectiveFrom: PlainDate;
}

/** Whose limit it is alone, and up to which day; after it their role's counts again. */
export interface PersonLimited {
  readonly id: string;
  readonly lastDay: PlainDate | null;
}

/** Sets a role's delegated limit by the operator alone: at set-up, or at the command line. People propose and confirm instead. */
@Injectable()
export class SetLimit {
  static readonly allowed: Allowed = { roles: [], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(actor: Actor, limit: Omit<NewLimit, 'person'>): Promise<void> {
    mustBeAllowed(actor, SetLimit.allowed);
    await this.unitOfWork.run({ name: 'identity.set-limit', actor }, async (tx) => {
      const { id } = await tx.one<{ id: string }>(
        `insert into identity.delegated_limit (authority_id, role, kind, amount, effective_from, family_amount, family_months)
         values ($1, $2, $3, $4, $5, $6, $7) returning id`,
        [
          ...[actor.authorityId, limit.role, limit.kind, limit.amount.toString(), limit.effectiveFrom],
          ...familyColumns(limit.family),
        ],
      );
      const detail = { role: limit.role, kind: limit.kind, amount: limit.amount };
      tx.audit({ action: 'identity.limit-set', subjectKind: 'delegated-limit', subjectId: id, detail });
    });
  }
}

/** Writes a limit for a family as its two columns. */
export function familyColumns(family: FamilyLimit | null | undefined): [string | null, number | null] {
  return family ? [family.amount.toString(), family.months] : [null, null];
}
