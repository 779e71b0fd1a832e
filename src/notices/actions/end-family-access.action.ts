import { Injectable } from '@nestjs/common';
import { familyDetail } from '../../families/index.ts';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { revokeLinks } from '../store/family-access.store.ts';
import { revokeFeed } from '../store/family-feed.store.ts';
import { giveReason } from '../store/reason-given.store.ts';

/** What no longer opens a family's page. */
export interface AccessEnded {
  readonly links: number;
  readonly calendar: boolean;
}

/** Takes back every link, code and calendar of a family at once: for when somebody else has its telephone. */
@Injectable()
export class EndFamilyAccess {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager', 'finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_family */
  async run(actor: Actor, familyId: string, reason: string): Promise<AccessEnded> {
    mustBeAllowed(actor, EndFamilyAccess.allowed);
    return this.unitOfWork.run({ name: 'notices.end-family-access', actor }, async (tx) => {
      await familyDetail(tx, familyId);
      const links = await revokeLinks(tx, familyId);
      const calendar = await revokeFeed(tx, familyId);
      tx.audit({
        ...{ action: 'notices.family-access-ended', subjectKind: 'family', subjectId: familyId },
        detail: { links, calendar, why: await giveReason(tx, 'family-access', reason) },
      });
      return { links, calendar };
    });
  }
}
