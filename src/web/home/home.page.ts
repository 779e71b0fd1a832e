import { Controller } from '@nestjs/common';
import { overdueCounted } from '../../approvals/index.ts';
import { AssignFamily, bankDetailsWaiting, findFamilies, seeFamilies, workerTasks } from '../../families/index.ts';
import { rulesWaiting } from '../../funds/index.ts';
import { DecideApplication, grantTasks, WriteApplication } from '../../grants/index.ts';
import { type Role, everybody } from '../../kernel/index.ts';
import { AnswerFamilyMessage, familiesOfOwner, openMessagesCounted } from '../../notices/index.ts';
import { listBankFiles, listRuns, returnsShown, seeRuns } from '../../payments/index.ts';
import { noticesAtRisk, seeNotices } from '../../notices/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import {
  declinedPlansOf,
  keptFallsListed,
  keptDaysCounted,
  pastChanging,
  PaymentCalendars,
  plansSentBack,
  plansWaiting,
  SettleKeptDay,
  waitingMoves,
  waitingPlanChanges,
} from '../../subsistence/index.ts';
import { goTo, Page, type PageAnswer, show, type Visit, Visiting } from '../pages/index.ts';

const RUNS_LOOKED_AT = 30;
const MOST_COUNTED = 1000;
const DECLINED_SHOWN = 20;
const MOST_LISTED = 100;
const MOST_OWN = 5000;

/** Who a run waits for in each state; in the others it moves on by itself. */
const waitsFor: Readonly<Partial<Record<string, Role>>> = {
  ...{ planned: 'finance', priced: 'finance', in_approval: 'manager', approved: 'releaser' },
};

/** What each person sees first: their families and what those ask of them, what waits for them, the runs under way. */
@Controller()
export class HomePage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: PaymentCalendars,
  ) {}

  @Page({ method: 'GET', path: '/', title: 'Home', allowed: { roles: everybody }, audit: null })
  async home(@Visiting() visit: Visit): Promise<PageAnswer> {
    if (visit.person.roles.includes('partner')) return goTo('/referrals');
    const is = (held: readonly Role[]): boolean => visit.person.roles.some((role) => held.includes(role));
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      atRisk: is(seeNotices.roles) ? await atRisk(tx, is(AssignFamily.allowed.roles), visit.person.id) : undefined,
      runs: await runsUnderWay(tx, visit.person.roles),
      grants: is(['caseworker', 'manager']) ? await grantTasks(tx, visit.person.id) : undefined,
      fundRules: is(['finance', 'administrator']) ? await rulesWaiting(tx) : [],
      bank: is(['finance', 'releaser']) ? await atTheBank(tx) : undefined,
      own: is(AssignFamily.allowed.roles) ? await ownWork(tx, visit.person.id) : undefined,
      messages: is(AnswerFamilyMessage.allowed.roles) ? await messagesWaiting(tx, visit.person.id) : undefined,
      kept: is(SettleKeptDay.allowed.roles) ? await keptDaysCounted(tx) : 0,
      waiting: is(seeFamilies.roles) ? await whatWaits(tx, visit.person.id) : undefined,
      past: is(['finance', 'administrator']) ? await pastChanging(tx, this.calendars) : { runs: [], dates: [] },
    }));
    return show('home/home.njk', {
      ...data,
      most: MOST_COUNTED,
      decides: is(['manager']),
      writesGrants: is(WriteApplication.allowed.roles),
      decidesGrants: is(DecideApplication.allowed.roles),
      me: visit.person.id,
      looksOver: is(['manager', 'administrator']),
      seesRuns: is(seeRuns.roles),
    });
  }
}

/** What families wrote from their own pages, that nobody has answered: theirs, and everybody's. */
async function messagesWaiting(tx: Transaction, me: string) {
  return { mine: await openMessagesCounted(tx, await familiesOfOwner(tx, me)), all: await openMessagesCounted(tx) };
}

/** Counts notices that may come too late: a worker's own first, and everybody's. */
async function atRisk(tx: Transaction, hasFamilies: boolean, me: string) {
  const families = hasFamilies ? await findFamilies(tx, { ownerId: me }, { sort: 'newest', limit: MOST_OWN }) : [];
  const own = await noticesAtRisk(
    tx,
    families.map((family) => family.id),
  );
  return { own, all: await noticesAtRisk(tx) };
}

/** Counts what of bank files asks for somebody: those to hand in, those nobody knows of, payments that came back. */
async function atTheBank(tx: Transaction) {
  const files = async (state: 'exported' | 'unknown') =>
    (await listBankFiles(tx, { states: [state], limit: MOST_LISTED })).length;
  const returned = (await returnsShown(tx, { state: 'open', limit: MOST_LISTED })).length;
  return { toSubmit: await files('exported'), unknown: await files('unknown'), returned };
}

async function ownWork(tx: Transaction, me: string) {
  const declined = await declinedPlansOf(tx, me, DECLINED_SHOWN);
  const changes = await waitingPlanChanges(tx, MOST_LISTED, ['changes_asked'], '0', me);
  const sentBack = (await plansSentBack(tx, me)).length + changes.length;
  const kept = await waitingPlanChanges(tx, MOST_LISTED, ['kept'], '0', me);
  const returned = await returnsShown(tx, {
    state: 'open',
    familyIds: await familiesOfOwner(tx, me),
    limit: MOST_LISTED,
  });
  const falls = await keptFallsListed(tx, MOST_LISTED);
  return { ...(await workerTasks(tx, me, MOST_COUNTED)), declined, sentBack, kept, falls, returned: returned.length };
}

async function whatWaits(tx: Transaction, me: string) {
  const changes = await waitingPlanChanges(tx, MOST_LISTED, ['proposed']);
  const mine = changes.filter((each) => each.proposedBy === me).length;
  return {
    ...{ plans: await plansWaiting(tx, me, MOST_COUNTED), details: await bankDetailsWaiting(tx, me) },
    ...{ changes: { all: changes.length, mine }, moves: (await waitingMoves(tx, MOST_LISTED)).length },
    overdue: await overdueCounted(tx),
  };
}

async function runsUnderWay(tx: Transaction, held: readonly Role[]) {
  const runs = await listRuns(tx, RUNS_LOOKED_AT);
  const open = runs.filter(({ state }) => state !== 'exported' && state !== 'cancelled');
  return open.map((run) => ({ ...run, isYours: held.some((role) => role === waitsFor[run.state]) }));
}
