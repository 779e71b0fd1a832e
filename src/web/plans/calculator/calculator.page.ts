import { Controller } from '@nestjs/common';
import { type PlainDate } from '../../../kernel/index.ts';
import { Drafts, UnitOfWork } from '../../../platform/index.ts';
import { seePlans, workOutAhead } from '../../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../../pages/index.ts';
import { dayBoxes } from '../answers-read.ts';
import { planUrls } from '../plans.urls.ts';
import { type Household, householdAfter, householdRequest, namesOfHousehold } from './household.ts';

const DRAFT = 'what-would-a-family-get';
const NOBODY: Household = { people: [], topUps: [] };

/** What would a family get? A household that need not be saved: kept in its writer's own draft, never in an address. */
@Controller()
export class CalculatorPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
  ) {}

  @Page({
    ...{ method: 'GET', path: planUrls.calculator, title: 'What would a family get?' },
    ...{ allowed: seePlans, audit: null },
  })
  async ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit, await this.#household(visit), {});
  }

  @Page({
    ...{ method: 'POST', path: planUrls.calculator, title: 'Work out what a family would get' },
    ...{ allowed: seePlans, audit: 'web.draft-kept' },
  })
  async take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const before = await this.#household(visit);
    return attempt(
      async () => {
        await this.drafts.keep(visit.actor, DRAFT, householdAfter(before, visit.form));
        return goTo(planUrls.calculator);
      },
      () => this.#page(visit, before, visit.form),
    );
  }

  async #household(visit: Visit): Promise<Household> {
    return (await this.drafts.find<Household>(visit.actor, DRAFT)) ?? NOBODY;
  }

  async #page(visit: Visit, household: Household, typed: object): Promise<View> {
    const { found, from } = await this.unitOfWork.read(visit.actor, async (tx) => {
      const start: PlainDate = household.from ?? tx.today;
      const isWorkable = household.people.length > 0;
      return {
        from: start,
        found: isWorkable ? await workOutAhead(tx, householdRequest(household, start)) : undefined,
      };
    });
    const values = { ...dayBoxes('from', from), ...typed };
    return show('plans/calculator/calculator.njk', { household, names: namesOfHousehold(household), found, values });
  }
}
