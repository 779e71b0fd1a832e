import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { FieldSeal, UnitOfWork } from '../../platform/index.ts';
import { seeNotices } from '../actions/see-notices.ts';
import { MakePrintBatch } from '../actions/make-print-batch.action.ts';
import type { Letter } from '../letters/letter.ts';
import { lettersPdf } from '../letters/letter-pdf.ts';
import { noLetterKept } from '../notice-problems.ts';
import { attemptsByIds } from '../store/attempt.store.ts';
import { letterCopy } from '../store/letter-copy.store.ts';
import { lettersOfBatch } from '../store/letter-queue.store.ts';
import { readBatch } from '../store/print-batch.store.ts';

/** A file of letters, opened for a person. */
export interface OpenedLetters {
  readonly name: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** Opens letters: our own copy of one, or a batch to print. Each opening is recorded. */
@Injectable()
export class LetterFiles {
  static readonly allowed: Allowed = seeNotices;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
  ) {}

  /** Opens our copy of one letter, exactly as it was sent. @throws no_letter_kept */
  async copy(actor: Actor, attemptId: string): Promise<OpenedLetters> {
    mustBeAllowed(actor, LetterFiles.allowed);
    return this.unitOfWork.run({ name: 'notices.open-letter', actor }, async (tx) => {
      const [attempt] = await attemptsByIds(tx, [attemptId]);
      const kept = attempt && (await letterCopy(tx, attemptId));
      if (!kept) throw noLetterKept('No copy of that letter is kept.');
      const file = fileOf(`letter-${attemptId}.pdf`, this.seal.open(kept.sealed, `letter ${attemptId}`));
      tx.audit({
        ...{ action: 'notices.letter-opened', subjectKind: 'family', subjectId: attempt.familyId },
        detail: { notice: attempt.noticeId, sha256: file.sha256 },
      });
      return file;
    });
  }

  /** Makes the file of a batch, to be printed: the same letters are the same bytes. @throws no_such_batch */
  async batch(actor: Actor, batchId: string): Promise<OpenedLetters> {
    mustBeAllowed(actor, MakePrintBatch.allowed);
    const letters = await this.unitOfWork.read(actor, async (tx) => {
      const { state } = await readBatch(tx, batchId);
      if (state === 'taken_back') throw noLetterKept('That batch was taken back: its letters wait again.');
      return lettersOfBatch(tx, batchId);
    });
    const bytes = await lettersPdf(letters.map(({ letter }) => letter as Letter));
    const file = fileOf(`letters-${batchId}.pdf`, bytes);
    await this.unitOfWork.run({ name: 'notices.open-print-batch', actor }, async (tx) => {
      const detail = { letters: letters.length, sha256: file.sha256 };
      tx.audit({ action: 'notices.print-batch-opened', subjectKind: 'print-batch', subjectId: batchId, detail });
      await Promise.resolve();
    });
    return file;
  }
}

function fileOf(name: string, bytes: Buffer): OpenedLetters {
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
