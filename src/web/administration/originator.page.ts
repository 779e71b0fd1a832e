import { Controller } from '@nestjs/common';
import { namesOf, seeAdministration } from '../../identity/index.ts';
import { originatorAnswers, originatorShown, ProposeOriginator } from '../../payments/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { administrationUrls } from './administration.urls.ts';
import { answer, holds } from './answers.ts';

/** The account every payment is drawn on: one person proposes another one, a second approves it. */
@Controller()
export class OriginatorPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposeOriginator,
  ) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.newOriginator, title: 'Propose another paying account' },
    ...{ allowed: ProposeOriginator.allowed, audit: null },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.newOriginator, title: 'Propose another paying account' },
    ...{ allowed: ProposeOriginator.allowed, audit: 'payments.originator-proposed' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { reason, ...originator } = read(originatorAnswers, visit.form);
        await this.propose.run(visit.actor, originator, reason, visit.idempotency);
        return goTo(administrationUrls.payDays, 'Proposed. Until a second person approves, nothing changes.');
      },
      () => this.#form(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.decideOriginator, title: 'A proposed paying account' },
    ...{ allowed: seeAdministration, audit: null },
  })
  show(@Visiting() visit: Visit): Promise<View> {
    return this.#proposal(visit);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.decideOriginator, title: 'Decide about the paying account' },
    ...{ allowed: ProposeOriginator.deciders, audit: 'payments.originator-set' },
  })
  takeAnswer(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = read(answer, visit.form);
        await this.propose.decide(visit.actor, number(visit.params.id ?? ''), given, visit.idempotency);
        const told =
          given.outcome === 'approved' ? 'Approved. The next bank file is drawn on it.' : 'Refused. Nothing changes.';
        return goTo(administrationUrls.payDays, told);
      },
      () => this.#proposal(visit),
    );
  }

  async #form(visit: Visit): Promise<View> {
    const { now, waiting } = await this.unitOfWork.read(visit.actor, originatorShown);
    return show('administration/new-originator.njk', { now, waiting, values: visit.form });
  }

  async #proposal(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const account = await originatorShown(tx);
      const isThis = account.waiting?.id === number(visit.params.id ?? '');
      const waiting = isThis ? account.waiting : null;
      const proposer = (await namesOf(tx, [waiting?.proposedBy ?? null])).get(waiting?.proposedBy ?? '');
      return { now: account.now, waiting, proposer };
    });
    const isMine = data.waiting?.proposedBy === visit.person.id;
    const mayDecide = data.waiting !== null && !isMine && holds(visit, ...ProposeOriginator.deciders.roles);
    return show('administration/originator.njk', { ...data, isMine, mayDecide, values: visit.form });
  }
}
