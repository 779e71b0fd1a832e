import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { AddFund } from '../../funds/index.ts';
import { words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type Visit, Visiting } from '../pages/index.ts';
import { fundUrl, moneyUrls } from './money.urls.ts';
import { type Asking, CHECK, Questions } from './questions.ts';

const PAYS = ['section-17', 'grant'] as const;
const pays = z.preprocess(
  (given) => (typeof given === 'string' ? [given] : given),
  z.array(z.enum(PAYS), 'Choose at least one.').min(1, 'Choose at least one.'),
);
const code = z
  .string('Enter a code.')
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Use small letters, digits and hyphens, such as winter-fund.');
const asking: Asking = {
  draft: 'funds/new',
  questions: { name: z.object({ name: words(100) }), code: z.object({ code }), pays: z.object({ pays }) },
  url: moneyUrls.newFund,
};
const wholly = z.object({ name: words(100), code, pays });
const allowed = { roles: AddFund.allowed.roles };

/** Adding a fund: its name, its code, what it may pay. It begins with no money. */
@Controller()
export class NewFundPages {
  constructor(
    private readonly addFund: AddFund,
    private readonly questions: Questions,
  ) {}

  @Page({ ...{ method: 'GET', path: moneyUrls.newFund, title: 'Add a fund', allowed }, audit: null })
  async ask(@Visiting() visit: Visit): Promise<PageAnswer> {
    const answers = await this.questions.answers(visit, asking);
    const early = this.questions.tooEarly(visit, asking, answers);
    return early ?? show(templateOf(visit), { question: visit.params.question, values: answers });
  }

  @Page({ ...{ method: 'POST', path: moneyUrls.newFund, title: 'Add a fund', allowed }, audit: 'funds.fund-added' })
  async take(@Visiting() visit: Visit): Promise<PageAnswer> {
    this.questions.mustBeAsked(visit, asking);
    return attempt(
      async () => {
        if (visit.params.question !== CHECK) return this.questions.keep(visit, asking);
        const fund = read(wholly, await this.questions.answers(visit, asking));
        const id = await this.addFund.run(visit.actor, fund, visit.idempotency);
        await this.questions.finish(visit, asking);
        return goTo(fundUrl(id), `${fund.name} is added. It has no money yet: propose a budget.`);
      },
      async () => {
        const values = { ...(await this.questions.answers(visit, asking)), ...visit.form };
        return show(templateOf(visit), { question: visit.params.question, values });
      },
    );
  }
}

function templateOf(visit: Visit): string {
  return visit.params.question === CHECK ? 'money/check-fund.njk' : 'money/fund-question.njk';
}
