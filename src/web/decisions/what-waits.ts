import type { WaitingApproval } from '../../approvals/index.ts';
import type { WorkingCalendar } from '../../calendar/index.ts';
import { DecideBankDetails } from '../../families/index.ts';
import { SettleMoney } from '../../funds/index.ts';
import { AskForReview, DecideApplication, type GrantApproval, SettleReview } from '../../grants/index.ts';
import { namesOf } from '../../identity/index.ts';
import { daysBetween, type PlainDate, type Role } from '../../kernel/index.ts';
import { CloseMonth, DecideRun, WriteOffLine } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { ApprovePlans, DecideOverpayment, DecidePayDayMove, DecideRecovery } from '../../subsistence/index.ts';
import type { Visit } from '../pages/index.ts';
import { everythingThatWaits, LISTED, sentBackTo } from './everything-that-waits.ts';
import type { Kind, Waiting } from './waiting-rows.ts';
import { type AwaitedDecision, awaitedOf } from './who-decides.ts';

/** One thing that waits, as one person is shown it. */
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
  review: SettleReview.allowed.roles,
  'review-asked': AskForReview.allowed.roles,
  'bank-details': DecideBankDetails.allowed.roles,
  overpayment: DecideOverpayment.allowed.roles,
  recovery: DecideRecovery.allowed.roles,
  money: SettleMoney.allowed.roles,
  'write-off': WriteOffLine.deciders.roles,
  'period-reopen': CloseMonth.deciders.roles,
};

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
const asPlan: readonly Kind[] = ['plan', 'plan-change', 'pay-day-move', 'recovery'];

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
  for (const kind of ['write-off', 'period-reopen'] as const)
    all.push(...(await awaitedOf(tx, calendar, kind, about([kind]), rolesThatDecide[kind])));
  for (const kind of grantKinds)
    all.push(...(await awaitedOf(tx, calendar, kind, about(['grant']), rolesThatDecide.grant)));
  return new Map([...all, ...(await reviewsAwaited(tx, calendar, page))]);
}

/** Finds the same for reviews: their requests are about the application. */
async function reviewsAwaited(
  tx: Transaction,
  calendar: WorkingCalendar,
  page: readonly Waiting[],
): Promise<[string, AwaitedDecision][]> {
  const reviews = page.filter(({ kind }) => kind === 'review');
  const about = reviews.map(({ subjectId }) => subjectId ?? '');
  const found = await awaitedOf(tx, calendar, 'grant-review', about, rolesThatDecide.review);
  return reviews.flatMap(({ id, subjectId = '' }) => {
    const awaited = found.get(subjectId);
    return awaited ? [[id, awaited] as [string, AwaitedDecision]] : [];
  });
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
  if (each.out?.includes(id)) return 'others';
  if (rolesThatDecide[each.kind].some((role) => roles.includes(role))) {
    if (!wait || wait.able.some((one) => one.id === id)) return 'decide';
    return wait.approval.signedBy.includes(id) ? 'others' : 'above';
  }
  return roles.some((role) => role === 'auditor' || role === 'administrator') ? 'others' : undefined;
}
