import { Injectable, type OnModuleInit } from '@nestjs/common';
import { askForVerification, isChecked, keepChecked, seeAudit } from '../audit/index.ts';
import { type Actor, type Allowed, mustBeAllowed } from '../kernel/index.ts';
import { defineJob, JobCatalogue } from '../outbox/index.ts';
import { VerifyPayments, VerifyStatements } from '../payments/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../platform/index.ts';
import { type BookCheck, bookChecks, proveBooks } from './verify.ts';

/** Rung once for each check of the books that somebody asked for. */
export const verifyBooks = defineJob('audit.verify-books');

/** Proves the books when somebody asks: one job a check, each result kept for good. */
@Injectable()
export class VerifyBooks implements OnModuleInit {
  static readonly allowed: Allowed = seeAudit;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly catalogue: JobCatalogue,
    private readonly payments: VerifyPayments,
    private readonly statements: VerifyStatements,
  ) {}

  onModuleInit(): void {
    this.catalogue.handle(verifyBooks, (tx, { verificationId, check }) =>
      this.check(tx, verificationId as string, check as BookCheck),
    );
  }

  /** Asks for every check. @returns the number of the asking */
  async ask(actor: Actor, idempotency?: Command['idempotency']): Promise<{ verificationId: string }> {
    mustBeAllowed(actor, VerifyBooks.allowed);
    return this.unitOfWork.run({ name: 'audit.verify-books', actor, idempotency }, async (tx) => {
      const verificationId = await askForVerification(tx);
      tx.audit({ action: 'audit.verification-asked', subjectKind: 'verification', subjectId: verificationId });
      for (const check of bookChecks)
        tx.announce({ topic: verifyBooks, key: `${verificationId}-${check}`, payload: { verificationId, check } });
      return { verificationId };
    });
  }

  /** Does one check and keeps what it found. Safe to run twice: a check that is done is left alone. */
  async check(tx: Transaction, verificationId: string, check: BookCheck): Promise<void> {
    if (await isChecked(tx, verificationId, check)) return;
    await keepChecked(
      tx,
      verificationId,
      await proveBooks(tx, { payments: this.payments, statements: this.statements }, check),
    );
  }
}
