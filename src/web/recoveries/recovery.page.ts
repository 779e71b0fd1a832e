import { Controller } from '@nestjs/common';
import { familyDetail } from '../../families/index.ts';
import { namesOf } from '../../identity/index.ts';
import { attemptsOf, messagesAhead, noticesByIds } from '../../notices/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import {
  DecideRecovery,
  PauseRecovery,
  ProposeRecovery,
  type RecoveryDetail,
  recoveryDetail,
  RecoveryPreviews,
  seePlans,
} from '../../subsistence/index.ts';
import { holds } from '../administration/answers.ts';
import { decideBy, readWithdrawal, standingOf } from '../decisions/standing.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { at, recoveryUrls } from './recoveries.urls.ts';

/** One recovery on one page: what was agreed, what the family was told, what is paid back; deciding, pausing, taking back. */
@Controller()
export class RecoveryPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decideRecovery: DecideRecovery,
    private readonly propose: ProposeRecovery,
    private readonly pauseRecovery: PauseRecovery,
    private readonly previews: RecoveryPreviews,
  ) {}

  @Page({
    ...{ method: 'GET', path: recoveryUrls.recovery, title: 'A recovery', allowed: seePlans },
    ...{ audit: 'subsistence.recovery-seen', subject: 'recovery' },
  })
  recovery(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: recoveryUrls.decide, title: 'Decide on a recovery' },
    ...{ allowed: DecideRecovery.allowed, audit: 'subsistence.recovery-approved' },
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, (id) =>
      decideBy(visit.form, {
        approve: (reason) => this.decideRecovery.approve(visit.actor, id, reason),
        decline: (reason) => this.decideRecovery.decline(visit.actor, id, reason),
        told: {
          approve: 'The recovery is approved. The family is being told of it.',
          decline: 'The recovery is declined, with your reasons. Payments stay whole.',
        },
      }),
    );
  }

  @Page({
    ...{ method: 'POST', path: recoveryUrls.withdraw, title: 'Take a recovery back' },
    ...{ allowed: ProposeRecovery.allowed, audit: 'subsistence.recovery-withdrawn' },
  })
  withdraw(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, async (id) => {
      await this.propose.withdraw(visit.actor, id, readWithdrawal(visit.form));
      return goTo(at(recoveryUrls.recovery, id), 'The recovery is taken back. Payments stay whole.');
    });
  }

  @Page({
    ...{ method: 'POST', path: recoveryUrls.pause, title: 'Pause a recovery' },
    ...{ allowed: PauseRecovery.allowed, audit: 'subsistence.recovery-paused' },
  })
  pause(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, async (id) => {
      await this.pauseRecovery.run(visit.actor, id, readWithdrawal(visit.form), visit.idempotency);
      return goTo(at(recoveryUrls.recovery, id), 'The recovery is paused. The next payment is whole again.');
    });
  }

  #attempt(visit: Visit, work: (id: string) => Promise<PageAnswer>): Promise<PageAnswer> {
    return attempt(
      () => work(number(visit.params.id ?? '')),
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const recovery = await recoveryDetail(tx, id);
      const standing = await standingOf(tx, visit, 'support-plan', id, DecideRecovery.allowed.roles);
      const family = await familyDetail(tx, recovery.familyId);
      const proposer = (await namesOf(tx, [recovery.proposedBy])).get(recovery.proposedBy);
      return { recovery, standing, family, proposer, ...(await this.#told(tx, recovery)) };
    });
    const { state } = data.recovery;
    const mayWithdraw = (state === 'proposed' || state === 'waiting') && holds(visit, ...ProposeRecovery.allowed.roles);
    const mayPause = state === 'in_effect' && holds(visit, ...PauseRecovery.allowed.roles);
    return show('recoveries/recovery.njk', { ...data, mayWithdraw, mayPause, values: visit.form });
  }

  /** What the family would be told of a recovery that is not decided; of one that is, what became of its notice. */
  async #told(tx: Transaction, recovery: RecoveryDetail): Promise<object> {
    if (recovery.state === 'proposed') {
      const preview = await this.previews.of(tx, recovery.overpaymentId, recovery);
      return { preview, messages: await messagesAhead(tx, preview.facts, preview.reach) };
    }
    const [notice] = await noticesByIds(tx, [recovery.noticeId]);
    return { notice, attempts: await attemptsOf(tx, [recovery.noticeId]) };
  }
}
