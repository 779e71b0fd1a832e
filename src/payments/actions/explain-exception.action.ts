import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { noSuchException } from '../file-problems.ts';

/** Writes down what it was that a bank reported and that fits nothing here. */
@Injectable()
export class ExplainException {
  static readonly allowed: Allowed = { roles: ['finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_exception for one that is not there or is explained */
  run(actor: Actor, exceptionId: string, explanation: string): Promise<{ exceptionId: string }> {
    mustBeAllowed(actor, ExplainException.allowed);
    const me = personActing(actor);
    return this.unitOfWork.run({ name: 'payments.explain-exception', actor }, async (tx) => {
      const explained = await tx.execute(
        `update payments.report_exception set state = 'explained', explained_by = $2, explanation = $3 where id = $1 and state = 'open'`,
        [exceptionId, me, explanation],
      );
      if (explained === 0) throw noSuchException('No open exception has that number.');
      tx.audit({ action: 'payments.exception-explained', subjectKind: 'report-exception', subjectId: exceptionId });
      return { exceptionId };
    });
  }
}
