import { Controller } from '@nestjs/common';
import { type CheckDone, lastChecks, listVerifications, seeAudit, type Verification } from '../audit/index.ts';
import { type Asked, AskedBy, Route, UnitOfWork } from '../platform/index.ts';
import { VerifyBooks } from './verify-books.job.ts';

/** The books proved, over HTTP. */
@Controller()
export class VerificationsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly verifyBooks: VerifyBooks,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/verifications', summary: 'The last result of each check of the books' },
    allowed: seeAudit,
  })
  list(@AskedBy() asked: Asked): Promise<{ checks: CheckDone[]; asked: Verification[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      ...{ checks: await lastChecks(tx), asked: await listVerifications(tx, 20) },
    }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/verifications', summary: 'Check the books now', status: 202 },
    allowed: VerifyBooks.allowed,
  })
  ask(@AskedBy() asked: Asked): Promise<{ verificationId: string }> {
    return this.verifyBooks.ask(asked.actor, asked.idempotency);
  }
}
