import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { activePeople, namesOf } from '../../identity/index.ts';
import {
  bankExceptions,
  countExceptions,
  type ExceptionKind,
  exceptionKinds,
  openExpected,
  OwnException,
  seeReconciliation,
  statementOfDocument,
  threeWayProof,
} from '../../payments/index.ts';
import { inputRefused, number, UnitOfWork } from '../../platform/index.ts';
import { holds } from '../administration/answers.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { addressOf } from '../runs/runs.urls.ts';
import { reconciliationUrls, urlOf } from './reconciliation.urls.ts';

const ON_A_PAGE = 50;
const MOST_EXPECTED_SHOWN = 100;
const owning = z.object({
  ownerId: z.string().regex(/^\d{1,18}$/, 'Choose a person.'),
  note: z.string().trim().max(500, 'Write at most 500 characters.').default(''),
});

/** What does not tie, with who looks after it; and the three books beside each other. */
@Controller()
export class ExceptionPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly own: OwnException,
  ) {}

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.exceptions, title: 'Exceptions', allowed: seeReconciliation },
    ...{ audit: 'payments.bank-lines-seen', subject: 'bank-account' },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const offset = /^\d{1,6}$/.test(visit.query.from ?? '') ? Number(visit.query.from) : 0;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const found = await bankExceptions(tx, { offset, limit: ON_A_PAGE + 1 });
      const people = await namesOf(
        tx,
        found.map((each) => each.ownerId),
      );
      return { found, counts: await countExceptions(tx), people: Object.fromEntries(people) };
    });
    const next = data.found.length > ON_A_PAGE ? String(offset + ON_A_PAGE) : undefined;
    return show('reconciliation/exceptions.njk', {
      ...{ ...data, exceptions: data.found.slice(0, ON_A_PAGE), mayOwn: holds(visit, ...OwnException.allowed.roles) },
      next: next && addressOf(reconciliationUrls.exceptions, { from: next }),
      first: offset > 0 && reconciliationUrls.exceptions,
    });
  }

  @Page({
    ...{
      method: 'GET',
      path: reconciliationUrls.exception,
      title: 'Who looks after it?',
      allowed: OwnException.allowed,
    },
    ...{ audit: null },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#owner(visit);
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.exception, title: 'Say who looks after it' },
    ...{ allowed: OwnException.allowed, audit: 'payments.exception-owned' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.own.run(visit.actor, aboutOf(visit), read(owning, visit.form), visit.idempotency);
        return goTo(reconciliationUrls.exceptions, 'It is noted who looks after it.');
      },
      () => this.#owner(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.proof, title: 'Daily proof', allowed: seeReconciliation, audit: null },
  })
  async proof(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      ...{ proof: await threeWayProof(tx), counts: await countExceptions(tx), today: tx.today },
      expected: await openExpected(tx, MOST_EXPECTED_SHOWN),
    }));
    return show('reconciliation/proof.njk', data);
  }

  /** Leads from a posting of the bank's to the statement it is from. */
  @Page({
    ...{ method: 'GET', path: reconciliationUrls.document, title: 'The statement of a posting' },
    ...{ allowed: seeReconciliation, audit: null },
  })
  async document(@Visiting() visit: Visit): Promise<PageAnswer> {
    const found = await this.unitOfWork.read(visit.actor, (tx) =>
      statementOfDocument(tx, number(visit.params.id ?? '')),
    );
    return goTo(found.lineId ? urlOf('line', found.lineId) : urlOf('statement', found.statementId));
  }

  async #owner(visit: Visit): Promise<View> {
    const people = await this.unitOfWork.read(visit.actor, (tx) => activePeople(tx, ['finance']));
    return show('reconciliation/owner.njk', { ...aboutOf(visit), people, values: visit.form });
  }
}

function aboutOf(visit: Visit): { kind: ExceptionKind; subjectId: string } {
  const kind = exceptionKinds.find((each) => each === visit.params.kind);
  if (!kind) throw inputRefused('There is no such exception.', [{ field: 'kind', reason: 'Choose it in the list.' }]);
  return { kind, subjectId: number(visit.params.id ?? '') };
}
