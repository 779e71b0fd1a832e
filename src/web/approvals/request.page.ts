import { Controller } from '@nestjs/common';
import { declaration, DeclareConflict, requestDetail, seeApprovals, waitingApprovals } from '../../approvals/index.ts';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { limitTerms } from '../administration/terms.ts';
import {
  attempt,
  goTo,
  Page,
  type PageAnswer,
  read,
  safeNext,
  show,
  type View,
  type Visit,
  Visiting,
} from '../pages/index.ts';
import { approvalUrls } from './approvals.urls.ts';

/** One request for approval: the signatures it needs and has, who can sign, by when; and saying what interest one has in it. */
@Controller()
export class RequestPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
    private readonly declare: DeclareConflict,
  ) {}

  @Page({
    ...{ method: 'GET', path: approvalUrls.request, title: 'A request for approval' },
    ...{ allowed: seeApprovals, audit: null },
  })
  one(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: approvalUrls.conflict, title: 'Say whether you have a conflict of interest' },
    ...{ allowed: DeclareConflict.allowed, audit: 'approvals.conflict-declared' },
  })
  conflict(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const given = read(declaration, visit.form);
        await this.declare.run(visit.actor, id, given, visit.idempotency);
        const told = {
          none: 'You declared no conflict of interest.',
          conflict: 'Your conflict is on record. Somebody else decides.',
        };
        const next = typeof visit.form.next === 'string' ? safeNext(visit.form.next) : '/';
        return goTo(next === '/' ? `/approvals/${id}` : next, told[given.declared]);
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const request = await requestDetail(tx, id);
      const { council } = await this.calendars.of(tx, (await authorityOf(tx)).division);
      const which = { kind: request.kind, subjectIds: [request.subjectId] };
      const [waiting] = request.state === 'open' ? await waitingApprovals(tx, council, which) : [];
      return { request, waiting };
    });
    const me = visit.person.id;
    const mine = data.request.declarations.find(({ personId }) => personId === me);
    const asksMe = data.request.state === 'open' && !mine && data.request.proposedBy !== me && mayDeclare(visit);
    const next = visit.query.next ?? visit.form.next ?? '';
    return show('approvals/request.njk', { ...data, limitTerms, mine, asksMe, values: visit.form, next });
  }
}

function mayDeclare(visit: Visit): boolean {
  return visit.person.roles.some((role) => DeclareConflict.allowed.roles.includes(role));
}
