import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { AnswerFile, fileAnswers, railNames, RescueFile, SettleVouchers, SubmitFile } from '../../payments/index.ts';
import { number, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, type Visit, Visiting } from '../pages/index.ts';
import { bankFileUrls, pageOf } from './bank-files.urls.ts';
import { BankFilePage } from './file.page.ts';
import { stateWords } from './words.ts';

const handingIn = z.object({ bankReference: words(60) });
const answering = z.object({ answer: z.enum(fileAnswers, 'Choose one.'), reason: words(500) });
const proposing = z.object({ rail: z.enum(railNames, 'Choose one.'), rescueReason: words(500) });
const cashing = z.object({
  voucher: z
    .union([z.string(), z.array(z.string())], 'Tick at least one voucher.')
    .transform((given) => [given].flat())
    .pipe(z.array(z.string().regex(/^\d{1,18}$/)).max(1000)),
  sure: z.literal('yes', 'Say that the provider told you so.'),
});
const deciding = z.object({ outcome: z.enum(['agree', 'refuse'], 'Choose one.') });

/** The steps of a bank file's life that a person takes. */
@Controller()
export class FileStepPages {
  constructor(
    private readonly pages: BankFilePage,
    private readonly submit: SubmitFile,
    private readonly answers: AnswerFile,
    private readonly rescues: RescueFile,
    private readonly vouchers: SettleVouchers,
  ) {}

  @Page({
    ...{ method: 'POST', path: bankFileUrls.begin, title: 'Begin to submit a bank file' },
    ...{ allowed: SubmitFile.allowed, audit: 'payments.file-submitting' },
  })
  begin(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#step(visit, async (id) => {
      await this.submit.begin(visit.actor, id, visit.idempotency);
      return 'Written down. Hand the file in now, then write down the bank’s reference.';
    });
  }

  @Page({
    ...{ method: 'POST', path: bankFileUrls.submitted, title: 'The bank’s reference of a file' },
    ...{ allowed: SubmitFile.allowed, audit: 'payments.file-submitted' },
  })
  submitted(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#step(visit, async (id) => {
      const { bankReference } = read(handingIn, visit.form);
      await this.submit.handIn(visit.actor, id, bankReference, visit.idempotency);
      return 'Submitted. The bank’s input report says whether it takes the file.';
    });
  }

  @Page({
    ...{ method: 'POST', path: bankFileUrls.answer, title: 'What the bank did with a file' },
    ...{ allowed: AnswerFile.allowed, audit: 'payments.file-answered' },
  })
  answer(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#step(visit, async (id) => {
      const { state } = await this.answers.run(visit.actor, id, read(answering, visit.form), visit.idempotency);
      return `Written down: ${stateWords[state].toLowerCase()}.`;
    });
  }

  @Page({
    ...{ method: 'POST', path: bankFileUrls.rescue, title: 'Propose to send a file again' },
    ...{ allowed: RescueFile.allowed, audit: 'payments.rescue-proposed' },
  })
  propose(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#step(visit, async (id) => {
      const { rail, rescueReason: reason } = read(proposing, visit.form);
      await this.rescues.propose(visit.actor, id, { rail, reason }, visit.idempotency);
      return 'Proposed. A second person in finance, or a releaser, agrees or refuses.';
    });
  }

  @Page({
    ...{ method: 'POST', path: bankFileUrls.decideRescue, title: 'Decide whether a file goes again' },
    ...{ allowed: RescueFile.allowed, audit: 'payments.rescue-agreed' },
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { outcome } = read(deciding, visit.form);
        const rescueId = number(visit.params.rescue ?? '');
        const { fileId } = await this.rescues.decide(visit.actor, rescueId, outcome, visit.idempotency);
        return fileId === null
          ? goTo(pageOf('file', idOf(visit)), 'Refused. Nothing goes again.')
          : goTo(pageOf('file', fileId), 'This is the new file, with a new serial. Submit it.');
      },
      () => this.pages.page(visit),
    );
  }

  @Page({
    ...{ method: 'POST', path: bankFileUrls.redeem, title: 'Note a voucher that was cashed' },
    ...{ allowed: SettleVouchers.allowed, audit: 'payments.voucher-redeemed' },
  })
  redeem(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#step(visit, async () => {
      const { voucher: ids } = read(cashing, visit.form);
      await this.vouchers.redeem(visit.actor, ids, visit.idempotency);
      return ids.length === 1 ? 'Written down: the voucher was cashed.' : `Written down: ${ids.length} were cashed.`;
    });
  }

  #step(visit: Visit, act: (id: string) => Promise<string>): Promise<PageAnswer> {
    return attempt(
      async () => goTo(pageOf('file', idOf(visit)), await act(idOf(visit))),
      () => this.pages.page(visit),
    );
  }
}

function idOf({ params }: Visit): string {
  return number(params.id ?? '');
}
