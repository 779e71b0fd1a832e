import { Controller } from '@nestjs/common';
import { type TimelineEvent, timelineOf } from '../../audit/index.ts';
import { type FamilyDetail, familyDetail, seeFamilies } from '../../families/index.ts';
import { namesOf } from '../../identity/index.ts';
import { type HoldOfPlan, holdsOfPlans, paymentsOf } from '../../payments/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { plansFor } from '../../subsistence/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { familyUrls } from './families.urls.ts';
import { tell, tellHold, type Told } from './story.ts';
import { whysOf } from './whys.ts';

const ON_A_PAGE = 40;
const PAYMENTS = 60;
const HOLDS = 200;
/** What the steps of plans and bank details tell already, with their reasons. */
const TOLD_BY_STEPS = [
  ...['families.bank-details-proposed', 'families.bank-details-approved', 'families.bank-details-refused'],
  'subsistence.plan-declined',
];

/** What happened to a family, its plans, its bank details and its payments: who, what, when and why. */
@Controller()
export class HistoryPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.history, title: 'What happened to a family', allowed: seeFamilies },
    ...{ audit: 'families.history-seen', subject: 'family' },
  })
  async history(@Visiting() visit: Visit): Promise<View> {
    const looks = visit.query.looks === 'yes';
    const before = instantIn(visit.query.before);
    const { family, story, isMore } = await this.unitOfWork.read(visit.actor, async (tx) => {
      const found = await familyDetail(tx, number(visit.params.id ?? ''));
      return { family: found, ...(await storyOf(tx, found, looks, before)) };
    });
    const address = (query: Record<string, string>): string => `${visit.path}?${new URLSearchParams(query).toString()}`;
    const kept: Record<string, string> = looks ? { looks: 'yes' } : {};
    return show('families/history.njk', {
      ...{ family, story, looks, isFirst: !before, other: looks ? visit.path : address({ looks: 'yes' }) },
      newest: before && (looks ? address(kept) : visit.path),
      older: isMore && story.length > 0 ? address({ ...kept, before: story.at(-1)?.at ?? '' }) : undefined,
    });
  }
}

async function storyOf(
  tx: Transaction,
  family: FamilyDetail,
  looks: boolean,
  before: string | undefined,
): Promise<{ story: Told[]; isMore: boolean }> {
  const plans = (await plansFor(tx, family.id)).map((plan) => plan.id);
  const instruments = family.bankDetails.map((each) => each.id);
  const payments = looks ? (await paymentsOf(tx, plans, PAYMENTS)).map((payment) => payment.id) : [];
  const subjects = { family: [family.id], plan: plans, 'bank-details': instruments, payment: payments };
  const machines = { plan: plans, instrument: instruments };
  const asked = { subjects, machines, without: TOLD_BY_STEPS, looks, before, limit: ON_A_PAGE + 1 };
  const found = await timelineOf(tx, asked);
  const isMore = found.length > ON_A_PAGE;
  const events = found.slice(0, ON_A_PAGE);
  const from = isMore ? (events.at(-1)?.at ?? '') : '';
  const holds = await holdsOfPlans(tx, plans, HOLDS);
  const people = await namesOf(tx, peopleIn(events, holds));
  const names = { people, members: family.members, whys: await whysOf(tx, events) };
  const held = holds.flatMap((hold) => tellHold(hold, names));
  const between = held.filter(({ at }) => at >= from && (before === undefined || at < before));
  const story = [...events.map((event) => tell(event, names)), ...between];
  return { story: story.toSorted((a, b) => (a.at < b.at ? 1 : -1)), isMore };
}

function peopleIn(events: readonly TimelineEvent[], holds: readonly HoldOfPlan[]): (string | null)[] {
  const given = events.map(({ detail }) => (typeof detail.ownerId === 'string' ? detail.ownerId : null));
  return [
    ...given,
    ...events.map((event) => event.actorId),
    ...holds.flatMap((hold) => [hold.heldBy, hold.releasedBy]),
  ];
}

function instantIn(text: string | undefined): string | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text ?? '') ? text : undefined;
}
