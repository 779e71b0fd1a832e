import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { budgetsByYear, fundById, fundList, positionOf, ProposeMoney, yearsToBudgetFor } from '../../funds/index.ts';
import { Money } from '../../kernel/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { attempt, type Form, goTo, Page, type PageAnswer, read, show, type Visit, Visiting } from '../pages/index.ts';
import { effectsOf } from './effect.ts';
import { amountField, reasonField, yearField } from './fields.ts';
import { moneyUrls, proposalUrl } from './money.urls.ts';
import { type Asking, CHECK, Questions } from './questions.ts';

const budget = {
  year: z.object({ financialYear: yearField }),
  amount: z.object({ amount: amountField }),
  reason: z.object({ reason: reasonField }),
};
const move = { to: z.object({ fundId: z.string('Choose a fund.').regex(/^\d{1,18}$/, 'Choose a fund.') }), ...budget };
const money = z.object({ financialYear: yearField, amount: amountField, reason: reasonField });
const moved = money.extend(move.to.shape);

/** Proposing money for a fund, or a move to another: one question a page, checked in numbers, then a second person. */
@Controller()
export class ProposePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposeMoney,
    private readonly questions: Questions,
  ) {}

  @Page({
    ...{ method: 'GET', path: moneyUrls.budget, title: 'Add budget to a fund' },
    ...{ allowed: ProposeMoney.allowed, audit: null },
  })
  askBudget(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#ask(visit, 'budget');
  }

  @Page({
    ...{ method: 'POST', path: moneyUrls.budget, title: 'Add budget to a fund' },
    ...{ allowed: ProposeMoney.allowed, audit: 'funds.budget-proposed' },
  })
  takeBudget(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#take(visit, 'budget', async (answers) => {
      const fundId = number(visit.params.id ?? '');
      const { amount, ...rest } = read(money, answers);
      return this.propose.budget(visit.actor, { ...rest, fundId, amount: Money.gbp(amount) }, visit.idempotency);
    });
  }

  @Page({
    ...{ method: 'GET', path: moneyUrls.move, title: 'Move money to another fund' },
    ...{ allowed: ProposeMoney.allowed, audit: null },
  })
  askMove(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#ask(visit, 'move');
  }

  @Page({
    ...{ method: 'POST', path: moneyUrls.move, title: 'Move money to another fund' },
    ...{ allowed: ProposeMoney.allowed, audit: 'funds.move-proposed' },
  })
  takeMove(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#take(visit, 'move', async (answers) => {
      const { amount, ...rest } = read(moved, answers);
      const from = number(visit.params.id ?? '');
      return this.propose.move(visit.actor, from, { ...rest, amount: Money.gbp(amount) }, visit.idempotency);
    });
  }

  async #ask(visit: Visit, kind: 'budget' | 'move'): Promise<PageAnswer> {
    const asking = askingOf(visit, kind);
    const answers = await this.questions.answers(visit, asking);
    return this.questions.tooEarly(visit, asking, answers) ?? this.#form(visit, kind, answers);
  }

  async #take(
    visit: Visit,
    kind: 'budget' | 'move',
    propose: (answers: Form) => Promise<{ proposalId: string }>,
  ): Promise<PageAnswer> {
    const asking = askingOf(visit, kind);
    this.questions.mustBeAsked(visit, asking);
    return attempt(
      async () => {
        if (visit.params.question !== CHECK) return this.questions.keep(visit, asking);
        const { proposalId } = await propose(await this.questions.answers(visit, asking));
        await this.questions.finish(visit, asking);
        return goTo(proposalUrl(proposalId), 'Proposed. It waits for a second person.');
      },
      async () => this.#form(visit, kind, { ...(await this.questions.answers(visit, asking)), ...visit.form }),
    );
  }

  async #form(visit: Visit, kind: 'budget' | 'move', answers: Form) {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const fund = await positionOf(tx, id);
      const choices = { years: await yearsFor(tx, kind, id), funds: await othersThan(tx, id) };
      if (visit.params.question !== CHECK) return { fund, ...choices };
      const checked = read(kind === 'move' ? moved : money, answers) as z.output<typeof moved>;
      const [fundId, fromFundId] = kind === 'move' ? [checked.fundId, id] : [id, null];
      const target = await fundById(tx, fundId);
      return { fund, target, checked, effects: await effectsOf(tx, { ...checked, fundId, fromFundId }) };
    });
    const { question } = visit.params;
    const template = question === CHECK ? 'money/check-money.njk' : 'money/money-question.njk';
    return show(template, { ...data, kind, question, values: answers, base: `/funds/${id}/${kind}` });
  }
}

function askingOf(visit: Visit, kind: 'budget' | 'move'): Asking {
  const id = number(visit.params.id ?? '');
  return {
    ...{ draft: `funds/${id}/${kind}`, questions: kind === 'move' ? move : budget },
    url: moneyUrls[kind].replace(':id', id),
  };
}

/** Budget is added for a year about now; moved is what a fund has for a year. */
async function yearsFor(tx: Transaction, kind: 'budget' | 'move', fundId: string) {
  const has = (await budgetsByYear(tx)).filter((each) => each.fundId === fundId);
  const of = (financialYear: string) => ({
    financialYear,
    budget: has.find((each) => each.financialYear === financialYear)?.budget ?? Money.zero,
  });
  return kind === 'move' ? has.filter(({ budget: left }) => left.isPositive()) : yearsToBudgetFor(tx.today).map(of);
}

async function othersThan(tx: Transaction, fundId: string) {
  return (await fundList(tx)).filter(({ id }) => id !== fundId);
}
