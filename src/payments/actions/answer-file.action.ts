import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { lockBankFile, moveBankFile } from '../store/bank-file.store.ts';
import { bankExpects } from '../statements/jobs/match-bank.job.ts';
import { type FileAnswer, fileAnswered } from './file-answered.ts';
import type { FileAfter } from './submit-file.action.ts';

/** What a person may say of a file: what the bank did with it, or that the bank's answer was lost. */
export const fileAnswers = ['accept', 'reject', 'not_arrive', 'lose'] as const;

/** A person's word on a file, with how they know. */
export interface PersonsAnswer {
  readonly answer: FileAnswer | 'lose';
  readonly reason: string;
}

/** Lets a finance officer say what became of a file where no report does: they asked the bank, and write down what it said. */
@Injectable()
export class AnswerFile {
  static readonly allowed: Allowed = { roles: ['finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_file, not_in_that_state */
  run(actor: Actor, fileId: string, said: PersonsAnswer, idempotency?: Command['idempotency']): Promise<FileAfter> {
    mustBeAllowed(actor, AnswerFile.allowed);
    const userId = personActing(actor);
    return this.unitOfWork.run({ name: 'payments.answer-file', actor, idempotency }, async (tx) => {
      const file = await lockBankFile(tx, fileId);
      if (said.answer !== 'lose') {
        const state = await fileAnswered(tx, file, said.answer, { userId, reason: said.reason });
        // What the bank does not have, it shows no line of: another file may be what a line was for.
        if (said.answer !== 'accept') tx.announce({ topic: bankExpects, key: `not-taken-${fileId}`, payload: {} });
        return { fileId, state };
      }
      const state = await moveBankFile(tx, file, 'lose', {}, said.reason);
      tx.audit({ action: 'payments.file-unknown', subjectKind: 'file', subjectId: fileId });
      return { fileId, state };
    });
  }
}
