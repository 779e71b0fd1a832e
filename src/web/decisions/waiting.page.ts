import { Controller } from '@nestjs/common';
import { waitingBankDetails } from '../../families/index.ts';
import { listProposals, seeFunds } from '../../funds/index.ts';
import { namesOf } from '../../identity/index.ts';
import { listRuns } from '../../payments/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { seePlans, waitingPlans } from '../../subsistence/index.ts';
import { fundNames } from '../money/wording.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { decisionUrls } from './decisions.urls.ts';

/** How many of each kind are listed; more wait behind them. */
const LISTED = 100;

/** Everything that waits for a second person: plans, bank details, runs, money for funds. A person's own proposals are named as such. */
@Controller()
export class WaitingPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: decisionUrls.waiting, title: 'Waiting for a decision', allowed: seePlans },
    ...{ audit: 'approvals.waiting-seen', subject: 'approval' },
  })
  async waiting(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, (tx) => whatWaits(tx));
    const seesFunds = visit.person.roles.some((role) => seeFunds.roles.includes(role));
    return show('decisions/waiting.njk', { ...data, money: seesFunds ? data.money : [], me: visit.person.id });
  }
}

/** Finds what waits for a decision, the oldest first, with the names of those who proposed it. */
export async function whatWaits(tx: Transaction) {
  const plans = await waitingPlans(tx, LISTED);
  const details = (await waitingBankDetails(tx, LISTED)).filter((each) => each.before !== null);
  const runs = (await listRuns(tx, 200)).filter((run) => run.state === 'in_approval');
  const money = await listProposals(tx, { state: 'proposed' }, undefined, LISTED);
  const people = [...plans, ...details, ...runs, ...money].map((each) => each.proposedBy);
  const names = Object.fromEntries(await namesOf(tx, people));
  return { plans, details, runs, money, names, funds: Object.fromEntries(await fundNames(tx)) };
}
