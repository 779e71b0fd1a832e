import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { fundById, readFundRules, seeFunds, SetFundRules } from '../../funds/index.ts';
import { categories } from '../../grants/index.ts';
import { listTeams } from '../../identity/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { amountField } from '../money/fields.ts';
import {
  attempt,
  type FormValue,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
} from '../pages/index.ts';
import { may } from '../runs/stage.ts';
import { grantUrls } from './grants.urls.ts';

const rules = z.object({
  programme: words(80).optional(),
  awardCap: amountField.optional(),
  familyCap: amountField.optional(),
  emergencyCap: amountField.optional(),
  coolingOffDays: z.coerce
    .number('Enter whole days.')
    .int('Enter whole days.')
    .min(0)
    .max(3660, 'At most ten years.')
    .default(0),
});

/** What a fund may buy, up to how much, how often, and whose workers may ask for it. */
@Controller()
export class FundRulesPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly setRules: SetFundRules,
  ) {}

  @Page({
    ...{ method: 'GET', path: grantUrls.fundRules, title: 'The rules of a fund', allowed: seeFunds },
    ...{ audit: 'funds.fund-seen', subject: 'fund' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.fundRules, title: 'Set the rules of a fund' },
    ...{ allowed: { roles: SetFundRules.allowed.roles }, audit: 'funds.rules-set' },
  })
  save(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        const said = read(rules, visit.form);
        const [buys, spentBy] = [ticked(visit.form.buys), ticked(visit.form.spentBy)];
        const { programme = null, awardCap = null, familyCap = null, emergencyCap = null, coolingOffDays } = said;
        const all = { programme, buys, awardCap, familyCap, emergencyCap, coolingOffDays, spentBy };
        await this.setRules.run(visit.actor, id, all, Number(visit.form.seen) || undefined);
        return goTo(`/funds/${id}`, 'The rules are set. They hold for awards from now on.');
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      ...{ fund: await fundById(tx, id), rules: await readFundRules(tx, id), teams: await listTeams(tx) },
    }));
    const isTyped = visit.form.seen !== undefined;
    const values = isTyped ? visit.form : data.rules;
    return show('grants/fund-rules.njk', {
      ...{ ...data, categories, values, mayChange: may(visit, { roles: SetFundRules.allowed.roles }) },
      chosen: isTyped
        ? { buys: ticked(visit.form.buys) ?? [], spentBy: ticked(visit.form.spentBy) ?? [] }
        : { buys: data.rules.buys ?? [], spentBy: data.rules.spentBy ?? [] },
    });
  }
}

/** Reads boxes that share a name; none ticked is no rule. */
function ticked(value: FormValue | undefined): string[] | null {
  const boxes = Array.isArray(value) ? [...(value as readonly string[])] : value ? [String(value)] : [];
  return boxes.length > 0 ? boxes : null;
}
