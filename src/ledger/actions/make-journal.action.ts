import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing, type PlainDate } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { writeJournal } from '../domain/journal-file.ts';
import { codesMissing, nothingToJournal } from '../ledger-problems.ts';
import {
  accountsWithoutCodes,
  insertBatch,
  nextBatchNumber,
  nextJournal,
  postingsOfBatch,
  postingsToJournal,
} from '../store/journal-batch.store.ts';
import { journalBatch } from '../views/journal-batches.view.ts';
import { seeLedger } from './see-ledger.ts';

/** A journal that was made. */
export interface JournalMade {
  readonly batchId: string;
  readonly number: number;
  readonly postings: number;
  readonly total: string;
}

/** A journal as a file: the same bytes each time. */
export interface JournalFile {
  readonly name: string;
  readonly sha256: string;
  readonly text: string;
}

/** Hands the postings on to the council's general ledger, for finance: everything up to a day that is in no journal yet. */
@Injectable()
export class MakeJournal {
  static readonly allowed: Allowed = { roles: ['finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws journal_codes_missing naming accounts, nothing_to_journal */
  async run(actor: Actor, upTo: PlainDate, idempotency?: Command['idempotency']): Promise<JournalMade> {
    mustBeAllowed(actor, MakeJournal.allowed);
    const madeBy = personActing(actor);
    return this.unitOfWork.run({ name: 'ledger.make-journal', actor, idempotency }, async (tx) => {
      const number = await nextBatchNumber(tx);
      await mustBeCoded(tx, upTo);
      const { postings, total } = await nextJournal(tx, upTo);
      if (postings === 0) throw nothingToJournal(`Nothing was posted up to ${upTo} since the last one.`);
      const sha256 = digest(writeJournal(number, await postingsToJournal(tx, upTo)));
      const batchId = await insertBatch(tx, { number, upTo, postings, total, sha256, madeBy });
      const detail = { number, postings, total, sha256: sha256.toString('hex') };
      tx.audit({ action: 'ledger.journal-made', subjectKind: 'journal-batch', subjectId: batchId, detail });
      return { batchId, number, postings, total };
    });
  }

  /** Writes a journal again, for whoever takes it to the general ledger. @throws no_such_journal */
  async file(actor: Actor, batchId: string): Promise<JournalFile> {
    mustBeAllowed(actor, seeLedger);
    return this.unitOfWork.run({ name: 'ledger.open-journal', actor }, async (tx) => {
      const { number, sha256 } = await journalBatch(tx, batchId);
      const text = writeJournal(number, await postingsOfBatch(tx, batchId));
      if (digest(text).toString('hex') !== sha256) throw new Error(`journal ${batchId} is not what it was`);
      tx.audit({ action: 'ledger.journal-seen', subjectKind: 'journal-batch', subjectId: batchId, detail: { sha256 } });
      return { name: `journal-${String(number).padStart(6, '0')}.csv`, sha256, text };
    });
  }
}

async function mustBeCoded(tx: Transaction, upTo: PlainDate): Promise<void> {
  const missing = await accountsWithoutCodes(tx, upTo);
  if (missing.length === 0) return;
  const items = missing.map((code) => ({ field: code, reason: 'This account has no codes.' }));
  throw codesMissing(`${missing.length} accounts: ${missing.join(', ')}.`, items);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
