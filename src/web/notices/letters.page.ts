import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { referencesOf } from '../../families/index.ts';
import { namesOf, postages } from '../../identity/index.ts';
import {
  arePrintedHere,
  LetterFiles,
  lettersOfBatch,
  lettersWaiting,
  listBatches,
  MakePrintBatch,
  readBatch,
  SettlePrintBatch,
} from '../../notices/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { noticeUrl, noticeUrls } from './notices.urls.ts';

const ON_A_PAGE = 30;
const making = z.object({ postage: z.enum(postages, 'Choose how they go.') });
const posting = z.object({ sure: z.literal('yes', 'Tick this if all of them are at the post.') });
const takingBack = z.object({ reason: words(300) });
const see = MakePrintBatch.allowed;

/** Letters the council prints itself: what waits, batches to print, and who took them to the post on which day. */
@Controller()
export class LettersPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly make: MakePrintBatch,
    private readonly settle: SettlePrintBatch,
    private readonly files: LetterFiles,
  ) {}

  @Page({ method: 'GET', path: noticeUrls.letters, title: 'Letters to print', allowed: see, audit: null })
  letters(@Visiting() visit: Visit): Promise<View> {
    return this.#letters(visit);
  }

  @Page({
    ...{ method: 'POST', path: noticeUrls.letters, title: 'Make a batch of letters', allowed: see },
    audit: 'notices.print-batch-made',
  })
  makeBatch(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { postage } = read(making, visit.form);
        const { batchId, letters } = await this.make.run(visit.actor, postage, visit.idempotency);
        const told = `${letters} ${letters === 1 ? 'letter is' : 'letters are'} ready to print.`;
        return goTo(noticeUrl(batchId, noticeUrls.batch), told);
      },
      () => this.#letters(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: noticeUrls.batch, title: 'A batch of letters', allowed: see },
    ...{ audit: 'notices.print-batch-seen', subject: 'print-batch' },
  })
  batch(@Visiting() visit: Visit): Promise<View> {
    return this.#batch(visit);
  }

  @Page({
    ...{ method: 'POST', path: noticeUrls.batchPosted, title: 'Say that letters were posted' },
    ...{ allowed: SettlePrintBatch.allowed, audit: 'notices.print-batch-posted' },
  })
  posted(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        read(posting, visit.form);
        await this.settle.posted(visit.actor, id, visit.idempotency);
        return goTo(noticeUrl(id, noticeUrls.batch), 'Written down: posted today, by you.');
      },
      () => this.#batch(visit),
    );
  }

  @Page({
    ...{ method: 'POST', path: noticeUrls.batchTakenBack, title: 'Take letters back' },
    ...{ allowed: SettlePrintBatch.allowed, audit: 'notices.print-batch-taken-back' },
  })
  takenBack(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const { reason } = read(takingBack, visit.form);
        await this.settle.takenBack(visit.actor, id, reason, visit.idempotency);
        return goTo(noticeUrls.letters, 'Taken back. The letters wait again for the next batch.');
      },
      () => this.#batch(visit),
    );
  }

  /** The view records the look itself, with the file's hash. */
  @Page({
    ...{ method: 'GET', path: noticeUrls.batchFile, title: 'Download letters to print', allowed: see },
    ...{ audit: null, produces: 'application/pdf' },
  })
  async file(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    const { name, bytes, sha256 } = await this.files.batch(visit.actor, number(visit.params.id ?? ''));
    response.set('Cache-Control', 'no-store').set('X-Content-SHA256', sha256);
    response.attachment(name).type('application/pdf').send(bytes);
  }

  #letters(visit: Visit): Promise<View> {
    const { before } = visit.query;
    const from = before && /^\d{1,18}$/.test(before) ? before : undefined;
    return this.unitOfWork.read(visit.actor, async (tx) => {
      const found = await listBatches(tx, from, ON_A_PAGE + 1);
      const batches = found.slice(0, ON_A_PAGE);
      const names = await namesOf(
        tx,
        batches.flatMap(({ madeBy, postedBy }) => [madeBy, postedBy]),
      );
      return show('notices/letters.njk', {
        ...{ arePrintedHere: await arePrintedHere(tx), waiting: await lettersWaiting(tx), batches, isFirst: !from },
        ...{ names: Object.fromEntries(names), values: visit.form },
        older: found.length > ON_A_PAGE && `${noticeUrls.letters}?before=${batches.at(-1)?.id}`,
      });
    });
  }

  #batch(visit: Visit): Promise<View> {
    return this.unitOfWork.read(visit.actor, async (tx) => {
      const batch = await readBatch(tx, number(visit.params.id ?? ''));
      const letters = await lettersOfBatch(tx, batch.id);
      const families = await referencesOf(
        tx,
        letters.map(({ familyId }) => familyId),
      );
      const names = Object.fromEntries(await namesOf(tx, [batch.madeBy, batch.postedBy]));
      const at = noticeUrl(batch.id, noticeUrls.batch);
      const references = Object.fromEntries(families);
      return show('notices/batch.njk', { batch, letters, references, names, at, values: visit.form, today: tx.today });
    });
  }
}
