import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Drafts, inputRefused, UnitOfWork } from '../../platform/index.ts';
import { listRates, ProposeRates, rateComponents, ratesEffect, type RatesToPropose } from '../../subsistence/index.ts';
import {
  attempt,
  type Form,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
} from '../pages/index.ts';
import { administrationUrls } from './administration.urls.ts';
import { dayNeeded, pounds, reason } from './answers.ts';
import { componentTerms } from './terms.ts';

const DRAFT = 'rates/new';
const amount = pounds.transform((money) => money.toString()).optional();
const answers = z.object({
  rateTable: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9-]{0,30}$/, 'Use small letters, digits and hyphens, such as guide.'),
  ...{ person: amount, pregnant: amount, 'under-1': amount, 'age-1-to-3': amount, reason },
});
type Draft = Omit<RatesToPropose, 'acceptsBackDating'>;

/** Proposing rates: the amounts and their day, then what they would do, then to a second person. */
@Controller()
export class NewRatesPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
    private readonly propose: ProposeRates,
  ) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.newRates, title: 'Propose new rates' },
    ...{ allowed: ProposeRates.allowed, audit: null },
  })
  async ask(@Visiting() visit: Visit): Promise<View> {
    const draft = visit.query.change === undefined ? undefined : await this.drafts.find<Draft>(visit.actor, DRAFT);
    return this.#form(visit, draft ? asTyped(draft) : { rateTable: visit.query.table ?? 'guide' });
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.newRates, title: 'Propose new rates' },
    ...{ allowed: ProposeRates.allowed, audit: null },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.drafts.keep(visit.actor, DRAFT, draftOf(visit.form));
        return goTo(administrationUrls.checkRates);
      },
      () => this.#form(visit, visit.form),
    );
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.checkRates, title: 'Check before you propose these rates' },
    ...{ allowed: ProposeRates.allowed, audit: null },
  })
  async check(@Visiting() visit: Visit): Promise<PageAnswer> {
    const draft = await this.drafts.find<Draft>(visit.actor, DRAFT);
    return draft ? this.#check(visit, draft) : goTo(administrationUrls.newRates);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.checkRates, title: 'Propose these rates' },
    ...{ allowed: ProposeRates.allowed, audit: 'subsistence.rates-proposed' },
  })
  async send(@Visiting() visit: Visit): Promise<PageAnswer> {
    const draft = await this.drafts.find<Draft>(visit.actor, DRAFT);
    if (!draft) return goTo(administrationUrls.rates, 'These rates were proposed already.');
    return attempt(
      async () => {
        const acceptsBackDating = visit.form.acceptsBackDating === 'yes';
        await this.propose.run(visit.actor, { ...draft, acceptsBackDating }, visit.idempotency);
        await this.drafts.discard(visit.actor, DRAFT);
        return goTo(administrationUrls.rates, 'The rates are proposed. A second person approves them.');
      },
      () => this.#check(visit, draft),
    );
  }

  async #check(visit: Visit, draft: Draft): Promise<View> {
    const effect = await this.unitOfWork.read(visit.actor, (tx) => ratesEffect(tx, draft));
    return show('administration/check-rates.njk', { draft, effect, componentTerms });
  }

  async #form(visit: Visit, values: Form): Promise<View> {
    const rates = await this.unitOfWork.read(visit.actor, listRates);
    const inForce = rates.filter((rate) => rate.rateTable === values.rateTable && rate.standing === 'in force');
    return show('administration/new-rates.njk', {
      ...{ values, componentTerms, now: Object.fromEntries(inForce.map((rate) => [rate.component, rate.weekly])) },
    });
  }
}

function draftOf(form: Form): Draft {
  const { rateTable, reason: why, ...given } = read(answers, form);
  const effectiveFrom = dayNeeded(form, 'effectiveFrom');
  const amounts = Object.fromEntries(Object.entries(given).filter(([, weekly]) => weekly !== undefined));
  if (Object.keys(amounts).length === 0)
    throw inputRefused('No amount was given.', [{ field: rateComponents[0], reason: 'Give at least one amount.' }]);
  return { rateTable, effectiveFrom, amounts, reason: why };
}

function asTyped({ rateTable, effectiveFrom, amounts, reason: why }: Draft): Form {
  const [year = '', month = '', day = ''] = effectiveFrom.split('-');
  const when = { 'effectiveFrom-year': year, 'effectiveFrom-month': month, 'effectiveFrom-day': day };
  return { rateTable, reason: why, ...amounts, ...when };
}
