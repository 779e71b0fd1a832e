import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, type PlainDate } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { checkBirth } from '../domain/member-days.ts';
import { memberDaysRefused } from '../family-problems.ts';
import { lockMember } from '../store/member.store.ts';

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

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_member, family_changed_meanwhile, member_days_refused */
  async run(actor: Actor, memberId: string, { born, reason, version }: CorrectedBirth): Promise<{ born: PlainDate }> {
    mustBeAllowed(actor, CorrectBirth.allowed);
    return this.unitOfWork.run({ name: 'families.correct-birth', actor }, async (tx) => {
      checkBirth(tx.today, born);
      const { familyId, joinedOn, leftOn, born: before } = await lockMember(tx, memberId, version);
      const first = [joinedOn, leftOn].find((day) => day !== null && day < born);
      if (first)
        throw memberDaysRefused(`They were in the family on ${first}.`, [
          { field: 'born-day', reason: `That is after ${first}, when they were already in the family.` },
        ]);
      await tx.query(`update families.member set born = $2, version = version + 1 where id = $1`, [memberId, born]);
      const detail = { id: memberId, born, before, reason };
      tx.audit({ action: 'families.birth-corrected', subjectKind: 'family', subjectId: familyId, detail });
      return { born };
    });
  }
}
