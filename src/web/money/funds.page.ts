import { Controller } from '@nestjs/common';
import {
  budgetEntries,
  budgetsByYear,
  daysOfYear,
  fundPositions,
  listProposals,
  positionOf,
  seeFunds,
  totalOf,
  type YearOfFund,
} from '../../funds/index.ts';
import { awardsOfApprovals } from '../../grants/index.ts';
import { namesOf } from '../../identity/index.ts';
import { Money } from '../../kernel/index.ts';
import { type Account, accountList, journal, movements, reservations, seeLedger } from '../../ledger/index.ts';
import { runsNamed, runsOfApprovals } from '../../payments/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { moneyUrls } from './money.urls.ts';
import { fundNames, tellTransfers } from './wording.ts';

const LATEST = 10;
const LISTED = 100;

/** Funds: where each stands, to the penny, and what its figures are made of. */
@Controller()
export class FundPages {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({ ...{ method: 'GET', path: moneyUrls.funds, title: 'Funds', allowed: seeFunds }, audit: null })
  async funds(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const funds = await fundPositions(tx);
      const years = await budgetsByYear(tx);
      const waiting = (await listProposals(tx, { state: 'proposed' }, undefined, LISTED)).length;
      return { funds, total: totalOf(funds), years, waiting, names: Object.fromEntries(await fundNames(tx)) };
    });
    const ofYears = Money.sum(data.years.map((each) => each.budget));
    return show('money/funds.njk', { ...data, ofYears, ...mayDo(visit) });
  }

  @Page({
    ...{ method: 'GET', path: moneyUrls.fund, title: 'A fund', allowed: seeFunds },
    ...{ audit: 'funds.fund-seen', subject: 'fund' },
  })
  async fund(@Visiting() visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const fund = await positionOf(tx, id);
      const accounts = await accountList(tx, { fundId: id });
      const years = (await budgetsByYear(tx)).filter((each) => each.fundId === id);
      const entries = await budgetEntries(tx, id);
      const people = await namesOf(
        tx,
        entries.flatMap(({ proposedBy, approvedBy }) => [proposedBy, approvedBy]),
      );
      return {
        ...{ fund, accounts, entries, people: Object.fromEntries(people) },
        years: await withSpent(tx, years, accounts),
        held: await holding(tx, accounts),
        proposals: await listProposals(tx, { state: 'proposed', fundId: id }, undefined, LISTED),
        latest: await latestOf(tx, accounts),
        names: Object.fromEntries(await fundNames(tx)),
      };
    });
    return show('money/fund.njk', { ...data, ...mayDo(visit) });
  }
}

/** What a person may do besides looking. */
function mayDo({ person }: Visit): { mayPropose: boolean; mayAddFunds: boolean; seesLedger: boolean } {
  const is = (...held: string[]): boolean => person.roles.some((role) => held.includes(role));
  return {
    ...{ mayPropose: is('finance', 'administrator'), mayAddFunds: is('administrator') },
    seesLedger: is(...seeLedger.roles),
  };
}

/** Sets beside a year's budget what was spent in that year, from the sums by day. */
async function withSpent(tx: Transaction, years: readonly YearOfFund[], accounts: readonly Account[]) {
  const spent = accounts.filter(({ kind }) => kind === 'spent').map(({ id }) => id);
  return Promise.all(
    years.map(async ({ financialYear, budget }) => {
      const { from, to } = daysOfYear(financialYear);
      const [moved] = await movements(tx, spent, from, to);
      const amount = moved ? Money.gbp(moved.debits).minus(Money.gbp(moved.credits)) : Money.zero;
      return { financialYear, budget, spent: amount };
    }),
  );
}

/** Says which runs and awards hold the fund's committed money. */
async function holding(tx: Transaction, accounts: readonly Account[]) {
  const committed = accounts.find(({ kind }) => kind === 'committed');
  const held = committed ? await reservations(tx, committed) : [];
  const runOf = await runsOfApprovals(
    tx,
    held.map(({ document }) => document),
  );
  const awards = await awardsOfApprovals(
    tx,
    held.map(({ document }) => document),
  );
  const payDates = await runsNamed(tx, [...runOf.values()]);
  return held.map((each) => {
    const runId = runOf.get(each.document) ?? null;
    const award = awards.get(each.document) ?? null;
    return { ...each, runId, award, payDate: payDates.get(runId ?? '') ?? null };
  });
}

async function latestOf(tx: Transaction, accounts: readonly Account[]) {
  const accountIds = accounts.map(({ id }) => id);
  return tellTransfers(tx, await journal(tx, { accountIds }, undefined, LATEST));
}
