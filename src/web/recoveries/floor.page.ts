import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { namesOf, seeAdministration } from '../../identity/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { listRecoveryFloors, readRecoveryFloor, SetRecoveryFloor } from '../../subsistence/index.ts';
import { answer, holds, pounds, reason } from '../administration/answers.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { recoveryUrls } from './recoveries.urls.ts';

const PERCENT = 'Enter a whole number from 50 to 100.';
const answers = z.object({
  percent: z.coerce.number(PERCENT).int(PERCENT).min(50, PERCENT).max(100, PERCENT),
  weekly: pounds,
  reason,
});

/** What always stays with a family that pays back: agreed by two people, and kept by the database in every payment. */
@Controller()
export class RecoveryFloorPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly floors: SetRecoveryFloor,
  ) {}

  @Page({
    ...{ method: 'GET', path: recoveryUrls.floors, title: 'What always stays with a family' },
    ...{ allowed: seeAdministration, audit: null },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const floors = await listRecoveryFloors(tx);
      const people = floors.flatMap((each) => [each.proposedBy, each.decidedBy]);
      return { floors, names: Object.fromEntries(await namesOf(tx, people)) };
    });
    return show('recoveries/floors.njk', { ...data, mayPropose: holds(visit, 'administrator') });
  }

  @Page({
    ...{ method: 'GET', path: recoveryUrls.newFloor, title: 'Propose what always stays with a family' },
    ...{ allowed: SetRecoveryFloor.mayPropose, audit: null },
  })
  ask(): View {
    return show('recoveries/new-floor.njk', { values: {} });
  }

  @Page({
    ...{ method: 'POST', path: recoveryUrls.newFloor, title: 'Propose what always stays with a family' },
    ...{ allowed: SetRecoveryFloor.mayPropose, audit: 'subsistence.recovery-floor-proposed' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.floors.propose(visit.actor, read(answers, visit.form), visit.idempotency);
        return goTo(recoveryUrls.floors, 'It is proposed. Another administrator, or finance, confirms it.');
      },
      () => Promise.resolve(show('recoveries/new-floor.njk', { values: visit.form })),
    );
  }

  @Page({
    ...{ method: 'GET', path: recoveryUrls.floor, title: 'What is always to stay with a family' },
    ...{ allowed: seeAdministration, audit: null },
  })
  show(@Visiting() visit: Visit): Promise<View> {
    return this.#proposal(visit);
  }

  @Page({
    ...{ method: 'POST', path: recoveryUrls.floor, title: 'Decide what always stays with a family' },
    ...{ allowed: SetRecoveryFloor.mayDecide, audit: 'subsistence.recovery-floor-agreed' },
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = read(answer, visit.form);
        const { state } = await this.floors.decide(
          visit.actor,
          number(visit.params.id ?? ''),
          given,
          visit.idempotency,
        );
        return goTo(recoveryUrls.floors, state === 'approved' ? 'It is agreed.' : 'It is refused.');
      },
      () => this.#proposal(visit),
    );
  }

  async #proposal(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const floor = await readRecoveryFloor(tx, number(visit.params.id ?? ''));
      return { floor, proposer: (await namesOf(tx, [floor.proposedBy])).get(floor.proposedBy) };
    });
    const isMine = data.floor.proposedBy === visit.person.id;
    const mayDecide = !isMine && holds(visit, ...SetRecoveryFloor.mayDecide.roles) && data.floor.state === 'open';
    return show('recoveries/floor.njk', { ...data, isMine, mayDecide, values: visit.form });
  }
}
