import type { WaitingApproval } from '../../approvals/index.ts';
import type { WorkingCalendar } from '../../calendar/index.ts';
import { DecideBankDetails, waitingBankDetails } from '../../families/index.ts';
import { listProposals, SettleMoney } from '../../funds/index.ts';
import {
  type ApplicationListed,
  applicationsListed,
  type GrantApproval,
  DecideApplication,
} from '../../grants/index.ts';
import { namesOf } from '../../identity/index.ts';
import { daysBetween, type PlainDate, type Role } from '../../kernel/index.ts';
import { DecideRun, listRuns } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import {
  ApprovePlans,
  DecidePayDayMove,
  DecideOverpayment,
  familiesWithPlanWaiting,
  overpaymentsListed,
  plansSentBack,
  waitingMoves,
  waitingPlanChanges,
  waitingPlans,
} from '../../subsistence/index.ts';
import { proposalUrl } from '../money/money.urls.ts';
import { fundNames } from '../money/wording.ts';
import { payDayName } from '../pages/formats.ts';
import type { Visit } from '../pages/index.ts';
import { moveUrl } from '../pay-days/pay-days.urls.ts';
import { type AwaitedDecision, awaitedOf } from './who-decides.ts';

/** How many are listed at once; more wait behind them. */
const LISTED = 100;

type Kind =
  'grant' | 'grants-run' | 'pay-day-move' | 'plan' | 'plan-change' | 'run' | 'bank-details' | 'overpayment' | 'money';

/** One thing that waits for somebody. */
export interface Waiting {
  readonly id: string;
  readonly kind: Kind;
  readonly href: string;
  readonly name: string;
  /** Of a plan change: which kind it is. */
  readonly what: string;
  readonly amount: string | null;
  readonly proposedBy: string | null;
  readonly since: PlainDate | null;
}

/** The same, as one person is shown it. */
export interface WaitingFor extends Waiting {
  readonly age: number | null;
  readonly proposer: string;
  /** By when it is to be decided, how many signed, and whether it is overdue or escalated. */
  readonly approval: WaitingApproval | undefined;
  /** Others whose limit covers it. */
  readonly others: readonly string[];
}

/** Everything a person has to do with, by what they have to do with it. */
export interface WaitingSections {
  readonly sentBack: readonly WaitingFor[];
  readonly decide: readonly WaitingFor[];
  readonly mine: readonly WaitingFor[];
  readonly above: readonly WaitingFor[];
  readonly others: readonly WaitingFor[];
  /** The last number of a full page: more waits after it. */
  readonly next: string | undefined;
}

const rolesThatDecide: Readonly<Record<Kind, readonly Role[]>> = {
  plan: ApprovePlans.allowed.roles,
  'plan-change': ApprovePlans.allowed.roles,
  'pay-day-move': DecidePayDayMove.allowed.roles,
  run: DecideRun.allowed.roles,
  'grants-run': DecideRun.allowed.roles,
  grant: DecideApplication.allowed.roles,
  'bank-details': DecideBankDetails.allowed.roles,
  overpayment: DecideOverpayment.allowed.roles,
  money: SettleMoney.allowed.roles,
};

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

/** Finds what one person has to do with: theirs to decide, proposed by them, above their limit. @param after of the page before */
export async function waitingFor(
  tx: Transaction,
  visit: Visit,
  after: string,
  calendar: WorkingCalendar,
): Promise<WaitingSections> {
  const all = (await everythingThatWaits(tx, after)).filter((each) => BigInt(each.id) > BigInt(after));
  const page = all.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)).slice(0, LISTED);
  const awaited = await awaitedOn(tx, calendar, page);
  const back = after === '0' ? await sentBackTo(tx, visit.person.id) : [];
  const names = await namesOf(
    tx,
    [...page, ...back].map((each) => each.proposedBy),
  );
  const shown = (each: Waiting, wait?: AwaitedDecision): WaitingFor => ({
    ...each,
    age: ageOf(wait?.approval.proposedOn ?? each.since, tx.today),
    ...{ proposer: names.get(each.proposedBy ?? '') ?? 'Mainstay', approval: wait?.approval },
    others: wait?.able.map((one) => one.name) ?? [],
  });
  const sections = { decide: [], mine: [], above: [], others: [] } as Record<Section, WaitingFor[]>;
  for (const each of page) {
    const wait = awaited.get(each.id);
    const section = sectionOf(each, wait, visit);
    if (section) sections[section].push(shown(each, wait));
  }
  const next = all.length >= LISTED ? page.at(-1)?.id : undefined;
  for (const rows of Object.values(sections)) rows.sort((a, b) => urgency(b) - urgency(a));
  return { ...sections, sentBack: back.map((each) => shown(each)), next };
}

type Section = 'decide' | 'mine' | 'above' | 'others';

const grantKinds: readonly GrantApproval[] = ['grant-award', 'grant-emergency', 'grant-variation'];
const asPlan: readonly Kind[] = ['plan', 'plan-change', 'pay-day-move'];

/** Finds the requests behind what waits, by what they are about. */
async function awaitedOn(
  tx: Transaction,
  calendar: WorkingCalendar,
  page: readonly Waiting[],
): Promise<Map<string, AwaitedDecision>> {
  const about = (kinds: readonly Kind[]) => page.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
  const plans = await awaitedOf(tx, calendar, 'support-plan', about(asPlan), rolesThatDecide.plan);
  const runs = await awaitedOf(tx, calendar, 'section-17-run', about(['run']), rolesThatDecide.run);
  const grantsRuns = await awaitedOf(tx, calendar, 'grants-run', about(['grants-run']), rolesThatDecide.run);
  const all = [...plans, ...runs, ...grantsRuns];
  for (const kind of grantKinds)
    all.push(...(await awaitedOf(tx, calendar, kind, about(['grant']), rolesThatDecide.grant)));
  return new Map(all);
}

function ageOf(since: PlainDate | null, today: PlainDate): number | null {
  return since && Math.max(0, daysBetween(since, today));
}

/** What was escalated comes first, then what is overdue; otherwise the oldest. */
function urgency({ approval }: WaitingFor): number {
  if (approval?.escalatedTo) return 2;
  return approval?.isOverdue ? 1 : 0;
}

/** Says where a person finds a thing: nowhere, when neither their role decides it nor they proposed it. */
function sectionOf(each: Waiting, wait: AwaitedDecision | undefined, visit: Visit): Section | undefined {
  const { id, roles } = visit.person;
  if (each.proposedBy === id) return 'mine';
  if (rolesThatDecide[each.kind].some((role) => roles.includes(role))) {
    if (!wait || wait.able.some((one) => one.id === id)) return 'decide';
    return wait.approval.signedBy.includes(id) ? 'others' : 'above';
  }
  return roles.some((role) => role === 'auditor' || role === 'administrator') ? 'others' : undefined;
}

async function everythingThatWaits(tx: Transaction, after: string): Promise<Waiting[]> {
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
    ...applications.map(grantWaiting),
    ...runs.map(({ id, kind, payDate, total, proposedBy }): Waiting => ({
      ...{
        id,
        kind: kind === 'section-17' ? 'run' : 'grants-run',
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
  ];
}

async function sentBackTo(tx: Transaction, userId: string): Promise<Waiting[]> {
  const changes = await waitingPlanChanges(tx, LISTED, ['changes_asked'], '0', userId);
  return [...(await plansSentBack(tx, userId)).map(planWaiting), ...changes.map(changeWaiting)];
}

function grantWaiting({ id, family, asked, recommendedBy, submittedOn }: ApplicationListed): Waiting {
  const what = { kind: 'grant', what: 'grant', href: `/grants/${id}/decide` } as const;
  return { id, ...what, name: family, amount: asked, proposedBy: recommendedBy, since: submittedOn };
}

type MoveWaiting = Awaited<ReturnType<typeof waitingMoves>>[number];

function moveWaiting({ id, family, payDay, bridging, proposedBy, proposedOn }: MoveWaiting): Waiting {
  const what = { kind: 'pay-day-move', what: 'pay-day-move', href: moveUrl(id) } as const;
  const name = `${family ?? 'Several families'}, to ${payDayName(payDay)}`;
  return { id, ...what, name, amount: bridging, proposedBy, since: proposedOn };
}

type PlanWaiting = Awaited<ReturnType<typeof waitingPlans>>[number];
type ChangeWaiting = Awaited<ReturnType<typeof waitingPlanChanges>>[number];

function planWaiting({ planId, family, weekly, proposedBy, proposedOn }: PlanWaiting): Waiting {
  const what = { kind: 'plan', what: 'plan' } as const;
  return { id: planId, ...what, href: `/plans/${planId}`, name: family, amount: weekly, proposedBy, since: proposedOn };
}

function changeWaiting({ changeId, family, kind, weekly, proposedBy, proposedOn }: ChangeWaiting): Waiting {
  const what = { kind: 'plan-change', what: kind, href: `/plan-changes/${changeId}` } as const;
  return { id: changeId, ...what, name: family, amount: weekly || null, proposedBy, since: proposedOn };
}
