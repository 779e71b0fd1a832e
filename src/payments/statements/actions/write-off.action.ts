import { Injectable } from '@nestjs/common';
import { propose } from '../../../approvals/index.ts';
import { type Answer, mustBeForAnother } from '../../../identity/index.ts';
import { type Actor, type Allowed, Money, mustBeAllowed, personActing } from '../../../kernel/index.ts';
import { postTransfers } from '../../../ledger/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../../platform/index.ts';
import { noSuchLineOfTheBank } from '../statement-problems.ts';
import { lockMatching } from '../store/match.store.ts';
import { lockWriteOff, writeOffFingerprint, type WriteOffShown } from '../views/bank-line.view.ts';
import { bankLine } from '../views/statements.view.ts';
import { answerRequest, type Answered } from './answer-request.ts';
import { matchBank } from './match-bank.ts';

/** Why a line is matched to nothing. */
export const writeOffCategories = ['bank-charge', 'council-money', 'unexplained'] as const;
/** Names a reason to write off. */
export type WriteOffCategory = (typeof writeOffCategories)[number];

/** What of a line is to be written off. */
export interface WriteOffAsked {
  readonly amount: Money;
  readonly category: WriteOffCategory;
  readonly reason: string;
}

/**
 * Writes off what of a bank line cannot be matched: one proposes, another of finance or an administrator decides, within their
 * limit for it, as with everything that is approved.
 */
@Injectable()
export class WriteOffLine {
  static readonly allowed: Allowed = { roles: ['finance'] };
  static readonly deciders: Allowed = { roles: ['finance', 'administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the proposal's number @throws no_such_bank_line, matched_already */
  async propose(
    actor: Actor,
    lineId: string,
    { amount, category, reason }: WriteOffAsked,
    idempotency?: Command['idempotency'],
  ): Promise<{ writeOffId: string }> {
    mustBeAllowed(actor, WriteOffLine.allowed);
    return this.unitOfWork.run({ name: 'payments.propose-write-off', actor, idempotency }, async (tx) => {
      if (!(await bankLine(tx, lineId))) throw noSuchLineOfTheBank('No line of this council has that number.');
      const { id } = await tx.one<{ id: string }>(
        `insert into payments.write_off (authority_id, line_id, amount, category, reason, proposed_by)
         values ($1, $2, $3, $4, $5, $6) returning id`,
        [actor.authorityId, lineId, amount.toString(), category, reason, personActing(actor)],
      );
      const fingerprint = await writeOffFingerprint(tx, id);
      await propose(tx, { kind: 'write-off', subjectId: id, fingerprint, amount });
      const detail = { amount: amount.toString(), category };
      tx.audit({ action: 'payments.write-off-proposed', subjectKind: 'bank-line', subjectId: lineId, detail });
      return { writeOffId: id };
    });
  }

  /**
   * Decides as the second person; approved, it is posted.
   * @returns `signed` while another signature is needed: nothing is written off yet
   * @throws proposed_by_yourself, proposal_not_waiting, matched_already, above_delegated_limit, no_delegated_limit, approvals_closed
   */
  async decide(
    actor: Actor,
    writeOffId: string,
    answer: Answer,
    idempotency?: Command['idempotency'],
  ): Promise<{ outcome: Answered; lineId: string }> {
    mustBeAllowed(actor, WriteOffLine.deciders);
    return this.unitOfWork.run({ name: 'payments.decide-write-off', actor, idempotency }, async (tx) => {
      await lockMatching(tx);
      const asked = await lockWriteOff(tx, writeOffId);
      if (!asked) throw noSuchLineOfTheBank('Nothing of that number is to be written off.');
      mustBeForAnother(asked, personActing(actor));
      const fingerprint = await writeOffFingerprint(tx, writeOffId);
      const outcome = await answerRequest(tx, { kind: 'write-off', subjectId: writeOffId, fingerprint }, answer);
      if (outcome !== 'signed') await settle(tx, asked, { ...answer, outcome });
      return { outcome, lineId: asked.lineId };
    });
  }
}

async function settle(tx: Transaction, asked: WriteOffShown, { outcome, reason }: Answer): Promise<void> {
  await tx.query(
    `update payments.write_off set state = $2, decided_by = $3, decided_at = now(), decided_because = $4 where id = $1`,
    [asked.id, outcome, personActing(tx.actor), reason],
  );
  if (outcome === 'approved') await post(tx, asked);
  await matchBank(tx);
  const action = outcome === 'approved' ? 'payments.written-off' : 'payments.write-off-refused';
  const detail = { amount: asked.amount, category: asked.category };
  tx.audit({ action, subjectKind: 'bank-line', subjectId: asked.lineId, detail });
}

async function post(tx: Transaction, { id, lineId, amount, category }: WriteOffShown): Promise<void> {
  const line = await bankLine(tx, lineId);
  if (!line) throw noSuchLineOfTheBank('Its line is gone.');
  const isOut = line.direction === 'debit';
  const [suspense, other] = [
    { kind: 'suspense' },
    { kind: category === 'council-money' ? 'council' : 'written-off' },
  ] as const;
  const kind =
    category === 'council-money'
      ? (['council-out', 'council-in'] as const)
      : (['write-off-out', 'write-off-in'] as const);
  await postTransfers(tx, [
    {
      ...{ documentId: id, kind: isOut ? kind[0] : kind[1], amount: Money.gbp(amount), effectiveDate: line.date },
      ...(isOut ? { debit: other, credit: suspense } : { debit: suspense, credit: other }),
    },
  ]);
}
