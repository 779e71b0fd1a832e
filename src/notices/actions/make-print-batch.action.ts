import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { noticePolicy } from '../../identity/index.ts';
import { type Actor, type Allowed, DomainError, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, FieldSeal, type Transaction, UnitOfWork } from '../../platform/index.ts';
import type { Postage } from '../../identity/index.ts';
import type { Letter } from '../letters/letter.ts';
import { letterPdf } from '../letters/letter-pdf.ts';
import { lettersGoThroughNotify, noLettersWaiting } from '../notice-problems.ts';
import { keepLetterCopy } from '../store/letter-copy.store.ts';
import { type LetterToPrint, lettersToPrint, lockWaiting, putInBatch } from '../store/letter-queue.store.ts';
import { insertBatch } from '../store/print-batch.store.ts';
import { senderOf } from '../store/sender.store.ts';
import { failGoneAstray } from './fail-gone-astray.ts';
import { failAttempt } from './hear.ts';

/** As many as one person can print, fold and carry; the next batch takes the rest. */
const MOST_IN_A_BATCH = 250;

/** Letters wait from all over the queue: each is looked at before it is printed. */
const ALL_THAT_WAIT = 10_000;

interface Made {
  readonly letter: LetterToPrint;
  readonly pdf: Buffer;
}

/** Makes a batch of the letters that wait to be printed here: for whoever prints and posts them. */
@Injectable()
export class MakePrintBatch {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager', 'finance'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
  ) {}

  /** @throws letters_go_through_notify, no_letters_waiting */
  async run(
    actor: Actor,
    postage: Postage,
    idempotency?: Command['idempotency'],
  ): Promise<{ batchId: string; letters: number }> {
    mustBeAllowed(actor, MakePrintBatch.allowed);
    const waiting = await this.unitOfWork.read(actor, async (tx) => {
      if (!(await arePrintedHere(tx)))
        throw lettersGoThroughNotify('The council’s letters are printed by GOV.UK Notify.');
      return lettersToPrint(tx, postage, MOST_IN_A_BATCH);
    });
    const { made, failed } = await printed(waiting);
    const batch = await this.unitOfWork.run({ name: 'notices.make-print-batch', actor, idempotency }, async (tx) => {
      for (const { letter, because } of failed) await failAttempt(tx, letter, because);
      await failGoneAstray(tx, ALL_THAT_WAIT, ['letter']);
      const still = new Set(
        await lockWaiting(
          tx,
          made.map(({ letter }) => letter.id),
        ),
      );
      const kept = made.filter(({ letter }) => still.has(letter.id));
      if (kept.length === 0) return undefined;
      return this.#keep(tx, postage, kept, personActing(actor));
    });
    if (!batch) throw noLettersWaiting('No letter waits to be printed.');
    return batch;
  }

  async #keep(tx: Transaction, postage: Postage, kept: readonly Made[], madeBy: string) {
    const batchId = await insertBatch(tx, { postage, letters: kept.length, madeBy });
    await putInBatch(
      tx,
      batchId,
      kept.map(({ letter }) => letter.id),
    );
    for (const { letter, pdf } of kept) {
      const sha256 = createHash('sha256').update(pdf).digest();
      await keepLetterCopy(tx, letter.id, sha256, this.seal.seal(pdf, `letter ${letter.id}`));
    }
    const detail = { letters: kept.length, postage };
    tx.audit({ action: 'notices.print-batch-made', subjectKind: 'print-batch', subjectId: batchId, detail });
    return { batchId, letters: kept.length };
  }
}

/** Says whether letters are printed by people of the council: it says so, or it has no Notify to print them. */
export async function arePrintedHere(tx: Transaction): Promise<boolean> {
  return (await noticePolicy(tx)).lettersPrintedHere || (await senderOf(tx)) === undefined;
}

/** Makes each letter; one that cannot be made keeps no other from the post. */
async function printed(waiting: readonly LetterToPrint[]) {
  const made: Made[] = [];
  const failed: { letter: LetterToPrint; because: string }[] = [];
  for (const letter of waiting) {
    try {
      made.push({ letter, pdf: await letterPdf(letter.letter as Letter) });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      failed.push({ letter, because: `The letter cannot be made: ${error.message}` });
    }
  }
  return { made, failed };
}
