import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, type PlainDate } from '../../kernel/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { checkBirth } from '../domain/member-days.ts';
import { memberDaysRefused } from '../family-problems.ts';
import { type ChangedMember, HouseholdOutcomes } from '../household-outcomes.ts';
import type { LookAhead } from '../look-ahead.ts';
import { lockMember } from '../store/member.store.ts';
import { membersForPricing } from '../views/for-pricing.view.ts';

/** Another date of birth for somebody, with why. */
export interface CorrectedBirth {
  readonly born: PlainDate;
  readonly reason: string;
  /** The version of the person that was shown. */
  readonly version: number;
}

/** Corrects a date of birth, for the caseworker. The next run works out what that changes, back to the first day paid. */
@Injectable()
export class CorrectBirth {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly households: HouseholdOutcomes,
  ) {}

  /** @throws no_such_member, family_changed_meanwhile, member_days_refused */
  async run(actor: Actor, memberId: string, corrected: CorrectedBirth): Promise<{ born: PlainDate }> {
    mustBeAllowed(actor, CorrectBirth.allowed);
    const command = { name: 'families.correct-birth', actor };
    await this.unitOfWork.run(command, (tx) => this.#correct(tx, memberId, corrected));
    return { born: corrected.born };
  }

  /** Does as `run` does, looks, and takes it back. @throws no_such_member, family_changed_meanwhile, member_days_refused */
  async ifCorrected<Seen>(
    actor: Actor,
    memberId: string,
    corrected: CorrectedBirth,
    look: LookAhead<Seen>,
  ): Promise<Seen> {
    mustBeAllowed(actor, CorrectBirth.allowed);
    return this.unitOfWork.run({ name: 'families.correct-birth', actor, dryRun: true }, async (tx) => {
      await this.#correct(tx, memberId, corrected);
      return look(tx);
    });
  }

  async #correct(tx: Transaction, memberId: string, { born, reason, version }: CorrectedBirth): Promise<void> {
    checkBirth(tx.today, born);
    const { familyId, joinedOn, leftOn, born: before } = await lockMember(tx, memberId, version);
    const first = [joinedOn, leftOn].find((day) => day !== null && day < born);
    if (first)
      throw memberDaysRefused(`They were in the family on ${first}.`, [
        { field: 'born-day', reason: `That is after ${first}, when they were already in the family.` },
      ]);
    const members = await membersForPricing(tx, [familyId]);
    const changed = await tx.query<ChangedMember>(
      `update families.member set born = $2, version = version + 1 where id = $1 returning id, version`,
      [memberId, born],
    );
    await this.households.tell(tx, { familyId, cause: 'birth-corrected', before: members, changed });
    const detail = { id: memberId, born, before, reason };
    tx.audit({ action: 'families.birth-corrected', subjectKind: 'family', subjectId: familyId, detail });
  }
}
