import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { writeAssignment } from '../store/assignment.store.ts';
import { lockFamily } from '../store/families.store.ts';

/** Who is to look after a family, and why from now on. */
export interface NewAssignment {
  /** A person of the council; null when nobody has it. */
  readonly ownerId: string | null;
  readonly team: string | null;
  readonly reason: string;
  /** The version of the family that was shown. */
  readonly version: number;
}

/** Gives a family to somebody to look after, or takes it from them, for a caseworker or manager. */
@Injectable()
export class AssignFamily {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_family, family_changed_meanwhile, owner_refused */
  async run(actor: Actor, familyId: string, asked: NewAssignment): Promise<{ version: number }> {
    mustBeAllowed(actor, AssignFamily.allowed);
    return this.unitOfWork.run({ name: 'families.assign-family', actor }, async (tx) => {
      const before = await lockFamily(tx, familyId, asked.version);
      await writeAssignment(tx, familyId, asked);
      const detail = {
        ...{ ownerId: asked.ownerId, ownerBefore: before.ownerId, team: asked.team, teamBefore: before.team },
        reason: asked.reason,
      };
      tx.audit({ action: 'families.family-assigned', subjectKind: 'family', subjectId: familyId, detail });
      return { version: before.version + 1 };
    });
  }
}
