import { waitingBankDetails } from '../../families/index.ts';
import { listProposals } from '../../funds/index.ts';
import { applicationsListed, openReviews } from '../../grants/index.ts';
import { namesOf } from '../../identity/index.ts';
import { reopeningsWaiting } from '../../ledger/index.ts';
import { listRuns, writeOffsWaiting } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import {
  familiesWithPlanWaiting,
  overpaymentsListed,
  plansSentBack,
  waitingMoves,
  waitingPlanChanges,
  waitingPlans,
  waitingRecoveries,
} from '../../subsistence/index.ts';
import { proposalUrl } from '../money/money.urls.ts';
import { fundNames } from '../money/wording.ts';
import {
  changeWaiting,
  grantWaiting,
  moveWaiting,
  planWaiting,
  recoveryWaiting,
  reopeningWaiting,
  reviewWaiting,
  type Waiting,
  writeOffWaiting,
} from './waiting-rows.ts';

/** How many are listed at once; more wait behind them. */
export const LISTED = 100;

/** Finds what waits for a decision, the oldest first, with the names of those who proposed it. */
export async function whatWaits(tx: Transaction, after = '0') {
  const plans = await waitingPlans(tx, LISTED, after);
  const all = await waitingBankDetails(tx, 10 * LISTED);
  const withPlan = await familiesWithPlanWaiting(
    tx,
    all.map((each) => each.familyId),
  );
  // The first details of a family are decided with its plan, while that still waits.
  const details = all.filter((each) => each.payee !== null || each.before !== null || !withPlan.has(each.familyId));
  const runs = (await listRuns(tx, 200)).filter((run) => run.state === 'in_approval');
  const people = [...plans, ...details, ...runs].map((each) => each.proposedBy);
  const names = Object.fromEntries(await namesOf(tx, people));
  return { plans, details, runs, names };
}

/** Gathers everything that waits, whoever it waits for, in the order it is asked for. @param after of the page before */
export async function everythingThatWaits(tx: Transaction, after: string): Promise<Waiting[]> {
  const { plans, details, runs } = await whatWaits(tx, after);
  const changes = await waitingPlanChanges(tx, LISTED + 1, ['proposed'], after);
  const overpaid = await overpaymentsListed(tx, 'waiting', after, LISTED + 1);
  const applications = await applicationsListed(tx, { state: 'recommended', limit: LISTED + 1 });
  const money = await listProposals(tx, { state: 'proposed' }, undefined, LISTED);
  const funds = await fundNames(tx);
  return [
    ...plans.map(planWaiting),
    ...changes.map(changeWaiting),
    ...(await waitingMoves(tx, LISTED + 1)).map(moveWaiting),
    ...(await waitingRecoveries(tx, LISTED + 1, after)).map(recoveryWaiting),
    ...applications.map(grantWaiting),
    ...(await openReviews(tx, LISTED + 1)).map((each) => reviewWaiting(each, tx.today)),
    ...runs.map(({ id, kind, payDate, total, proposedBy }): Waiting => ({
      ...{
        id,
        kind: kind === 'section-17' || kind === 'put-right' ? 'run' : 'grants-run',
        href: `/runs/${id}`,
        name: payDate,
        what: 'run',
        amount: total,
        proposedBy,
      },
      since: null,
    })),
    ...details.map(({ id, family, payee, proposedBy, proposedOn }): Waiting => ({
      ...{
        id,
        kind: 'bank-details',
        href: `/bank-details/${id}`,
        name: family,
        what: payee ? 'payee' : 'bank-details',
      },
      ...{ amount: null, proposedBy, since: proposedOn },
    })),
    ...money.map(({ id, kind, fundId, amount, proposedBy, proposedOn }): Waiting => ({
      ...{ id, kind: 'money', href: proposalUrl(id), name: funds.get(fundId) ?? '', what: kind },
      ...{ amount, proposedBy, since: proposedOn },
    })),
    ...overpaid.map(({ id, family, amount, payDate }): Waiting => ({
      ...{ id, kind: 'overpayment', href: `/overpayments/${id}`, name: family, what: 'overpayment' },
      ...{ amount, proposedBy: null, since: payDate },
    })),
    ...(await writeOffsWaiting(tx)).map(writeOffWaiting),
    ...(await reopeningsWaiting(tx)).map(reopeningWaiting),
  ];
}

/** Finds what came back to one person with words. */
export async function sentBackTo(tx: Transaction, userId: string): Promise<Waiting[]> {
  const changes = await waitingPlanChanges(tx, LISTED, ['changes_asked'], '0', userId);
  return [...(await plansSentBack(tx, userId)).map(planWaiting), ...changes.map(changeWaiting)];
}
