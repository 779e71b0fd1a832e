import { Injectable, type OnModuleInit } from '@nestjs/common';
import { defineJob, JobCatalogue } from '../../../outbox/index.ts';
import type { Transaction } from '../../../platform/index.ts';
import { matchBank } from '../actions/match-bank.ts';

/** Rung when the bank is to show something new: a statement that came first may have it already. */
export const bankExpects = defineJob('payments.bank-expects');

/** Matches again when something new is known, whichever of file and statement came first. Safe to do twice. */
@Injectable()
export class MatchBank implements OnModuleInit {
  constructor(private readonly catalogue: JobCatalogue) {}

  onModuleInit(): void {
    this.catalogue.handle(bankExpects, (tx) => this.run(tx));
  }

  async run(tx: Transaction): Promise<void> {
    await matchBank(tx);
  }
}
