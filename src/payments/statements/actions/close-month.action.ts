import { Injectable } from '@nestjs/common';
import { propose } from '../../../approvals/index.ts';
import { type Answer, mustBeForAnother } from '../../../identity/index.ts';
import { type Actor, type Allowed, Money, mustBeAllowed, personActing, type PlainDate } from '../../../kernel/index.ts';
import { closeMonth, lockReopening, monthNotReady, proposeReopening, settleReopening } from '../../../ledger/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../../platform/index.ts';
import { monthChecklist } from '../views/month-checklist.view.ts';
import { answerRequest, type Answered } from './answer-request.ts';

/** Closes a month once everything on its checklist is done; two people open it again. A month is its first day. */
@Injectable()
export class CloseMonth {
  static readonly allowed: Allowed = { roles: ['finance'] };
  static readonly deciders: Allowed = { roles: ['finance', 'administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws month_not_ready naming what is not done, month_closed */
  async run(
    actor: Actor,
    month: PlainDate,
    note: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ closeId: string }> {
    mustBeAllowed(actor, CloseMonth.allowed);
    return this.unitOfWork.run({ name: 'payments.close-month', actor, idempotency }, async (tx) => {
      const missing = (await monthChecklist(tx, month)).filter((item) => !item.isDone);
      if (missing.length > 0) {
        const items = missing.map(({ key, text, found }) => ({
          field: key,
          reason: `Not yet: ${text}. Found: ${found}.`,
        }));
        throw monthNotReady(`${missing.length} of the checklist is not done.`, items);
      }
      const closeId = await closeMonth(tx, month, note);
      tx.audit({ action: 'ledger.month-closed', subjectKind: 'month-close', subjectId: closeId, detail: { month } });
      return { closeId };
    });
  }

  /** Proposes to open a closed month again. @throws no_such_month, month_closed when it is proposed already */
  async proposeReopening(
    actor: Actor,
    month: PlainDate,
    reason: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ reopeningId: string }> {
    mustBeAllowed(actor, CloseMonth.allowed);
    return this.unitOfWork.run({ name: 'payments.propose-reopening', actor, idempotency }, async (tx) => {
      const reopeningId = await proposeReopening(tx, month, reason);
      const fingerprint = await reopeningFingerprint(tx, reopeningId);
      // Opening a month moves no money: any limit for it will do.
      await propose(tx, { kind: 'period-reopen', subjectId: reopeningId, fingerprint, amount: Money.zero });
      const detail = { month };
      tx.audit({ action: 'ledger.reopening-proposed', subjectKind: 'month-reopening', subjectId: reopeningId, detail });
      return { reopeningId };
    });
  }

  /**
   * Decides as the second person; approved, the month is open.
   * @returns `signed` while another signature is needed: the month stays closed
   * @throws proposed_by_yourself, proposal_not_waiting, no_delegated_limit, approvals_closed
   */
  async decideReopening(
    actor: Actor,
    reopeningId: string,
    answer: Answer,
    idempotency?: Command['idempotency'],
  ): Promise<{ outcome: Answered }> {
    mustBeAllowed(actor, CloseMonth.deciders);
    return this.unitOfWork.run({ name: 'payments.decide-reopening', actor, idempotency }, async (tx) => {
      const asked = await lockReopening(tx, reopeningId);
      mustBeForAnother(asked, personActing(actor));
      const fingerprint = await reopeningFingerprint(tx, reopeningId);
      const outcome = await answerRequest(tx, { kind: 'period-reopen', subjectId: reopeningId, fingerprint }, answer);
      if (outcome === 'signed') return { outcome };
      await settleReopening(tx, reopeningId, { ...answer, outcome });
      const action = outcome === 'approved' ? 'ledger.month-reopened' : 'ledger.reopening-refused';
      tx.audit({ action, subjectKind: 'month-reopening', subjectId: reopeningId, detail: { month: asked.month } });
      return { outcome };
    });
  }
}

async function reopeningFingerprint(tx: Transaction, id: string): Promise<Buffer> {
  const row = await tx.one<{ print: Buffer }>(`select payments.reopening_fingerprint($1) as print`, [id]);
  return row.print;
}
