import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed, type PlainDate } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { checkDue } from '../domain/member-days.ts';
import { insertMembers, lockFamily, newIds } from '../store/families.store.ts';

/** Tells a caseworker that the pregnancy is on record already. */
export const babyAlreadyExpected = defineProblem('baby_already_expected', {
  status: 409,
  title: 'A baby is already expected in this family around that date',
  whatToDo: 'One pregnancy is written down once, twins too. Record the birth, or that the pregnancy has ended.',
});

/** Writes down that a baby is expected, for the caseworker: a child with a due date and no birthday (decision 0005). */
@Injectable()
export class ExpectBaby {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_family, member_days_refused, baby_already_expected */
  async run(
    actor: Actor,
    familyId: string,
    due: PlainDate,
    idempotency?: Command['idempotency'],
  ): Promise<{ memberId: string }> {
    mustBeAllowed(actor, ExpectBaby.allowed);
    return this.unitOfWork.run({ name: 'families.expect-baby', actor, idempotency }, async (tx) => {
      checkDue(tx.today, due);
      await lockFamily(tx, familyId);
      const same = await tx.maybe(
        `select 1 from families.member where family_id = $1 and birth_recorded_on is null and left_on is null
           and due between $2::date - 140 and $2::date + 140`,
        [familyId, due],
      );
      if (same) throw babyAlreadyExpected('A due date near this one waits for its birth.');
      const [id] = (await newIds(tx, 1)) as [string];
      const baby = { relationship: 'child', name: 'Expected baby', born: null, due, joined_on: null, left_on: null };
      await insertMembers(tx, [{ id, family_id: familyId, ...baby }]);
      tx.audit({ action: 'families.baby-expected', subjectKind: 'family', subjectId: familyId, detail: { id, due } });
      return { memberId: id };
    });
  }
}
