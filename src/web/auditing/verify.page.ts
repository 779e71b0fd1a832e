import { Controller } from '@nestjs/common';
import { lastChecks, listVerifications, seeAudit } from '../../audit/index.ts';
import { type BookCheck, bookChecks, VerifyBooks } from '../../house/index.ts';
import { namesOf } from '../../identity/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { auditingUrls } from './auditing.urls.ts';

const A_LONG_TIME_MS = 15 * 60_000;

/** What each check proves, what it counts, and what to do when it finds a fault. */
const checkTerms: Readonly<Record<BookCheck, { name: string; proves: string; counts: string; whatToDo: string }>> = {
  ledger: {
    name: 'The ledger',
    proves: 'Balances are the sum of their transfers, and each posted run’s seal follows the one before.',
    counts: 'transfers',
    whatToDo: 'Post no run. Ask the operator to compare with the last backup: somebody wrote past Mainstay.',
  },
  amounts: {
    name: 'Every amount',
    proves: 'Each payment adds up again from its own explanation, to the penny.',
    counts: 'payments',
    whatToDo: 'Look at the payment named, and its family’s history. Correct by a decision, never in the database.',
  },
  payments: {
    name: 'Payments and bank files',
    proves: 'Orders are the approved lines, files are what was posted, and no day was paid twice.',
    counts: 'bank files',
    whatToDo: 'Do not hand in the file of the run named. Have the operator look at the file and its copy on disk.',
  },
  reconciliation: {
    name: 'Bank statements',
    proves: 'Each statement is as the bank sent it; ledger, files and statements tie; each match is posted once.',
    counts: 'bank statements',
    whatToDo: 'Look at Reconciliation: the difference is named there. Close no month until it is explained.',
  },
  'audit-trail': {
    name: 'The audit trail',
    proves: 'Every event has its hash and follows the one before; none is missing.',
    counts: 'events',
    whatToDo: 'Tell your head of audit. Keep the database as it is, and compare the event named with the last backup.',
  },
};

/** The books proved: the last result of each check, and asking for a new one. */
@Controller()
export class VerifyPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly verifyBooks: VerifyBooks,
  ) {}

  @Page({ method: 'GET', path: auditingUrls.verify, title: 'Check the books', allowed: seeAudit, audit: null })
  async show(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const asked = await listVerifications(tx, 20);
      const names = await namesOf(
        tx,
        asked.map((each) => each.askedBy),
      );
      return { checks: await lastChecks(tx), asked, names: Object.fromEntries(names) };
    });
    const [newest] = data.asked;
    const isUnderWay = newest !== undefined && newest.done < bookChecks.length;
    return show('auditing/verify.njk', {
      ...{
        ...data,
        newest,
        all: bookChecks.length,
        isUnderWay,
        isLong: isUnderWay && Date.now() - newest.askedAt.getTime() > A_LONG_TIME_MS,
      },
      checks: bookChecks.map((check) => ({
        ...{ ...checkTerms[check], ...data.checks.find((each) => each.check === check) },
      })),
    });
  }

  @Page({
    ...{ method: 'POST', path: auditingUrls.verify, title: 'Check the books now' },
    ...{ allowed: VerifyBooks.allowed, audit: 'audit.verification-asked' },
  })
  async ask(@Visiting() visit: Visit): Promise<PageAnswer> {
    await this.verifyBooks.ask(visit.actor, visit.idempotency);
    return goTo(auditingUrls.verify, 'The books are being checked. Look again in a moment.');
  }
}
