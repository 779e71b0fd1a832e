import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import { type BankFileState, bankFileStates } from '../bank-file.states.ts';
import { anotherBegan, fileShown } from '../file-problems.ts';
import { lockBankFile, moveBankFile } from '../store/bank-file.store.ts';

whenConstraintBreaks('guard_shown_file_is_at_the_bank', () => fileShown('Lines of a statement are matched to it.'));

/** Where a file is after a step. */
export interface FileAfter {
  readonly fileId: string;
  readonly state: BankFileState;
}

/**
 * Hands a bank file in, in two steps of one person: first they write down that they are about to, then what the bank
 * answered. If the second never comes, the file asks a person: it may be at the bank.
 */
@Injectable()
export class SubmitFile {
  static readonly allowed: Allowed = { roles: ['finance', 'releaser'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Writes down that this person is about to hand the file in. @throws no_such_file, not_in_that_state, file_on_a_statement */
  begin(actor: Actor, fileId: string, idempotency?: Command['idempotency']): Promise<FileAfter> {
    return this.#run(actor, 'payments.begin-submitting', idempotency, async (tx) => {
      const file = await lockBankFile(tx, fileId);
      const state = await moveBankFile(tx, file, 'begin', { begun_by: personActing(actor), begun_on: tx.today });
      tx.audit({ action: 'payments.file-submitting', subjectKind: 'file', subjectId: fileId });
      return { fileId, state };
    });
  }

  /** Writes down what the bank calls the file it took in. @throws another_began_submitting, no_such_file, not_in_that_state */
  handIn(
    actor: Actor,
    fileId: string,
    bankReference: string,
    idempotency?: Command['idempotency'],
  ): Promise<FileAfter> {
    return this.#run(actor, 'payments.submit-file', idempotency, async (tx) => {
      const file = await lockBankFile(tx, fileId);
      nextState('The file', bankFileStates, file.state, 'hand_in');
      if (file.begunBy !== personActing(actor)) throw anotherBegan('The intent is another person’s.');
      const state = await moveBankFile(tx, file, 'hand_in', { bank_reference: bankReference, submitted_on: tx.today });
      tx.audit({
        ...{ action: 'payments.file-submitted', subjectKind: 'file', subjectId: fileId },
        detail: { bankReference, items: file.items, total: file.total },
      });
      return { fileId, state };
    });
  }

  #run<T>(
    actor: Actor,
    name: string,
    idempotency: Command['idempotency'],
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    mustBeAllowed(actor, SubmitFile.allowed);
    return this.unitOfWork.run({ name, actor, idempotency }, work);
  }
}
