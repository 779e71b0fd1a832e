import { Controller } from '@nestjs/common';
import {
  actionsOnRecord,
  type AuditSearch,
  chainedEvent,
  searchAudit,
  seeAudit,
  type Subject,
} from '../../audit/index.ts';
import { familyDetail, findFamilies } from '../../families/index.ts';
import { listPeople, namesOf } from '../../identity/index.ts';
import { isPlainDate, type PlainDate } from '../../kernel/index.ts';
import { paymentsOf } from '../../payments/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { plansFor } from '../../subsistence/index.ts';
import { attempt, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { dateField } from '../pages/date-field.ts';
import { actionTerm, detailsOf, subjectAddress } from './action-terms.ts';
import { auditingUrls } from './auditing.urls.ts';

const ON_A_PAGE = 50;

/** Searching the trail: who did what, and who looked. References and numbers are asked for, never names of families. */
@Controller()
export class AuditSearchPages {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: auditingUrls.search, title: 'Audit', allowed: seeAudit },
    ...{ audit: 'audit.searched', subject: 'audit' },
  })
  search(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      () => this.#results(visit, searchOf(visit)),
      () => this.#results(visit, undefined),
    );
  }

  @Page({
    ...{ method: 'GET', path: auditingUrls.event, title: 'One event of the audit trail' },
    ...{ allowed: seeAudit, audit: 'audit.event-seen', subject: 'audit' },
  })
  async event(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const event = await chainedEvent(tx, number(visit.params.seq ?? ''));
      const who = (await namesOf(tx, [event.actorId])).get(event.actorId ?? '') ?? 'Mainstay';
      return { event, who };
    });
    const { action, subjectKind, subjectId, detail } = data.event;
    return show('auditing/event.njk', {
      ...{ ...data, details: detailsOf(detail), what: actionTerm(action) },
      address: subjectAddress(subjectKind, subjectId),
    });
  }

  /** @param search nothing where the question itself is wrong: then nothing is searched */
  async #results(visit: Visit, search: Omit<AuditSearch, 'subjects'> | undefined): Promise<View> {
    const { reference = '', person = '', action = '', before = '' } = visit.query;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const subjects = reference ? await subjectsOfFamily(tx, reference.trim()) : undefined;
      const from = /^\d{1,18}$/.test(before) ? before : null;
      const isUnknown = subjects?.length === 0;
      const found = !search || isUnknown ? [] : await searchAudit(tx, { ...search, subjects }, from, ON_A_PAGE + 1);
      const names = await namesOf(
        tx,
        found.map((event) => event.actorId),
      );
      return {
        found,
        isUnknown,
        names,
        people: await listPeople(tx, {}, '0', 500),
        actions: await actionsOnRecord(tx),
      };
    });
    const events = data.found.slice(0, ON_A_PAGE).map((event) => ({
      ...{ ...event, who: data.names.get(event.actorId ?? '') ?? 'Mainstay', what: actionTerm(event.action) },
      address: subjectAddress(event.subjectKind, event.subjectId),
    }));
    const more = data.found.length > ON_A_PAGE ? events.at(-1)?.seq : undefined;
    const asked = new URLSearchParams(visit.query);
    if (more) asked.set('before', more);
    return show('auditing/search.njk', {
      ...{ events, people: data.people, isUnknown: data.isUnknown, isAsked: search !== undefined },
      actions: data.actions.map((each) => ({ value: each, text: actionTerm(each) })),
      ...{ filter: { reference, person, action }, values: visit.query },
      next: more && `${auditingUrls.search}?${asked.toString()}`,
      isNarrowed: Object.values(visit.query).some((value) => value !== ''),
    });
  }
}

function searchOf(visit: Visit): Omit<AuditSearch, 'subjects'> {
  const { person = '', action = '' } = visit.query;
  return {
    actorId: /^\d{1,18}$/.test(person) ? person : undefined,
    action: action.slice(0, 80) || undefined,
    from: dayAsked(visit, 'from'),
    to: dayAsked(visit, 'to'),
  };
}

function dayAsked(visit: Visit, name: string): PlainDate | null {
  const whole = visit.query[name] ?? '';
  return isPlainDate(whole) ? whole : dateField(visit.query, name);
}

/** A family with its plans, payments and bank details: whoever looked at one of them looked at the family. */
async function subjectsOfFamily(tx: Transaction, reference: string): Promise<Subject[]> {
  const [first] = await findFamilies(tx, { reference }, { sort: 'reference', limit: 1 });
  if (first?.reference !== reference) return [];
  const { id } = first;
  const plans = (await plansFor(tx, id)).map((plan) => plan.id);
  const payments = await paymentsOf(tx, plans, 500);
  const { bankDetails } = await familyDetail(tx, id);
  const of = (kind: string, ids: readonly string[]): Subject[] => ids.map((each) => ({ kind, id: each }));
  return [
    ...[...of('family', [id]), ...of('plan', plans)],
    ...of(
      'payment',
      payments.map((payment) => payment.id),
    ),
    ...of(
      'bank-details',
      bankDetails.map((details) => details.id),
    ),
  ];
}
