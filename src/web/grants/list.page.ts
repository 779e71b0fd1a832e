import { Controller } from '@nestjs/common';
import { fundList } from '../../funds/index.ts';
import { applicationsListed, applicationStateNames, seeGrants } from '../../grants/index.ts';
import { namesOf } from '../../identity/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { addressOf } from '../runs/runs.urls.ts';
import { grantUrls } from './grants.urls.ts';

const ON_A_PAGE = 25;

/** Every application, the newest first, narrowed to a state or a fund, or in the order of what is asked. */
@Controller()
export class GrantListPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({ method: 'GET', path: grantUrls.list, title: 'Grants', allowed: seeGrants, audit: 'grants.list-seen' })
  async list(@Visiting() visit: Visit): Promise<View> {
    const state = applicationStateNames.find((name) => name === visit.query.state);
    const sort = visit.query.sort === 'amount' ? 'amount' : 'newest';
    const [fundId, before] = [numberOf(visit.query.fund), numberOf(visit.query.before)];
    const query = { state, fund: fundId, sort: sort === 'newest' ? undefined : sort };
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const found = await applicationsListed(tx, { state, fundId, sort, before, limit: ON_A_PAGE + 1 });
      const people = await namesOf(
        tx,
        found.map((each) => each.openedBy),
      );
      const funds = (await fundList(tx)).filter((fund) => fund.pays.includes('grant'));
      return { found, people: Object.fromEntries(people), funds };
    });
    const applications = data.found.slice(0, ON_A_PAGE);
    const last = data.found.length > ON_A_PAGE ? applications.at(-1)?.id : undefined;
    return show('grants/list.njk', {
      ...{ ...data, applications, state, sort, fundId, states: applicationStateNames },
      fundNames: Object.fromEntries(data.funds.map((fund) => [fund.id, fund.name])),
      sorts: {
        newest: addressOf(grantUrls.list, { ...query, sort: undefined }),
        amount: addressOf(grantUrls.list, { ...query, sort: 'amount' }),
      },
      next: last && addressOf(grantUrls.list, { ...query, before: last }),
      first: before && addressOf(grantUrls.list, query),
    });
  }
}

function numberOf(text: string | undefined): string | undefined {
  return /^\d{1,18}$/.test(text ?? '') ? text : undefined;
}
