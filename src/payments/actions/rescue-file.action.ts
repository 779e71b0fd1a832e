import { Injectable } from '@nestjs/common';
import { type BacsDays, Calendars, lateBacsDays } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import { type Command, type Transaction, UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import { fileMayBeThere, rescueWaits, twoForARescue } from '../file-problems.ts';
import { type RailName, railsFor } from '../rails/rail-names.ts';
import { railCannotPayThese } from '../rails/rail-refused.ts';
import { rails } from '../rails/rails.ts';
import { type BankFileRow, lockBankFile } from '../store/bank-file.store.ts';
import { insertRescue, lockRescue, moveRescue, paymentsIn } from '../store/rescue.store.ts';
import { type FileMade, FileMaker } from './file-maker.ts';

whenConstraintBreaks('ck_rescue_needs_two_people', () => twoForARescue('You proposed it yourself.'));
whenConstraintBreaks('uq_rescue_one_proposal_a_file', () => rescueWaits('One proposal at a time.'));

/** How a second person answers. */
export type RescueAnswer = 'agree' | 'refuse';

/**
 * Sends a file again that the bank does not have: the same payments, a new serial, by the same rail or another. One
 * person proposes and another agrees, and only once the bank rejected it or somebody wrote down that it did not arrive.
 */
@Injectable()
export class RescueFile {
  static readonly allowed: Allowed = { roles: ['finance', 'releaser'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
    private readonly files: FileMaker,
  ) {}

  /** @throws no_such_file, file_may_be_at_the_bank, rail_cannot_pay_these, rescue_already_waiting */
  propose(
    actor: Actor,
    fileId: string,
    { rail, reason }: { readonly rail: RailName; readonly reason: string },
    idempotency?: Command['idempotency'],
  ): Promise<{ rescueId: string }> {
    mustBeAllowed(actor, RescueFile.allowed);
    const proposedBy = personActing(actor);
    return this.unitOfWork.run({ name: 'payments.propose-rescue', actor, idempotency }, async (tx) => {
      const file = await lockBankFile(tx, fileId);
      mustBeLost(file);
      if (!railsOf(file).includes(rail)) throw railCannotPayThese(`They went by ${file.rail}.`);
      const rescueId = await insertRescue(tx, { fileId, rail, reason, proposedBy });
      const detail = { rescue: rescueId, rail };
      tx.audit({ action: 'payments.rescue-proposed', subjectKind: 'file', subjectId: fileId, detail });
      return { rescueId };
    });
  }

  /** @returns the new file when agreed @throws no_such_rescue, two_people_for_a_rescue, file_may_be_at_the_bank, not_in_that_state */
  decide(
    actor: Actor,
    rescueId: string,
    answer: RescueAnswer,
    idempotency?: Command['idempotency'],
  ): Promise<{ fileId: string | null }> {
    mustBeAllowed(actor, RescueFile.allowed);
    const me = personActing(actor);
    return this.unitOfWork.run({ name: 'payments.decide-rescue', actor, idempotency }, async (tx) => {
      const rescue = await lockRescue(tx, rescueId);
      if (rescue.proposedBy === me) throw twoForARescue('You proposed it yourself.');
      const file = await lockBankFile(tx, rescue.fileId);
      mustBeLost(file);
      await moveRescue(tx, rescue, answer, me);
      const made = answer === 'agree' ? await this.#again(tx, file, rescue.rail) : null;
      tx.audit({
        ...{
          action: `payments.rescue-${answer === 'agree' ? 'agreed' : 'refused'}`,
          subjectKind: 'file',
          subjectId: file.id,
        },
        detail: { rescue: rescueId, ...(made && { file: made.id }) },
      });
      return { fileId: made?.id ?? null };
    });
  }

  async #again(tx: Transaction, lost: BankFileRow, rail: RailName): Promise<FileMade> {
    const of = { runId: lost.runId, purpose: 'rescue', replacesId: lost.id } as const;
    const days = await this.#days(tx, rail);
    const payments = await paymentsIn(tx, lost.id);
    const made = await this.files.make(tx, { rail, of, days, createdOn: tx.today, payments });
    await postTransfers(tx, [
      {
        ...{ documentId: made.id, kind: 'send-again', amount: made.total, effectiveDate: days.entryDay },
        ...{ debit: { kind: 'payable' }, credit: { kind: 'clearing' } },
      },
    ]);
    return made;
  }

  async #days(tx: Transaction, rail: RailName): Promise<BacsDays> {
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    return rails[rail].isSameDay
      ? { inputDay: tx.today, processingDay: tx.today, entryDay: tx.today }
      : lateBacsDays(tx.today, calendars.bacs);
  }
}

/** By which rails the payments of a file can go. */
export function railsOf({ rail }: Pick<BankFileRow, 'rail'>): readonly RailName[] {
  return railsFor(rail === 'prepaid-card' || rail === 'voucher' ? rail : undefined);
}

function mustBeLost({ state, replacedById }: BankFileRow): void {
  if ((state === 'rejected' || state === 'not_arrived') && replacedById === null) return;
  throw fileMayBeThere(
    replacedById === null ? `The file is ${state.replaceAll('_', ' ')}.` : 'Another went in its place.',
  );
}
