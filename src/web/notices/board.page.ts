import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { findFamilies, referencesOf, teamsAndWards } from '../../families/index.ts';
import {
  arePrintedHere,
  type BoardAsked,
  boardCounts,
  boardFilters,
  boardNotices,
  DAYS_AT_RISK,
  lettersWaiting,
  MakePrintBatch,
  noticeKinds,
  placeOf,
  seeNotices,
  sendingShown,
} from '../../notices/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { keptDaysCounted } from '../../subsistence/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { terms } from './notice-terms.ts';
import { noticeUrls } from './notices.urls.ts';

const ON_A_PAGE = 50;
/** More families than one person or team looks after. */
const MOST_FAMILIES = 5000;
const PLACE = { needed: /^(?:\d{4}-\d\d-\d\d|infinity)_\d{1,18}$/, newest: /^\d{1,18}$/ };

const asking = z.object({
  filter: z.enum(boardFilters).optional().catch(undefined),
  kind: z.enum(noticeKinds).optional().catch(undefined),
  whose: z.enum(['me', 'all']).optional().catch(undefined),
  team: z.string().trim().max(100).optional().catch(undefined),
  sort: z.enum(['needed', 'newest']).catch('needed'),
  after: z.string().max(40).optional().catch(undefined),
});
type Narrowed = z.output<typeof asking>;

/** The notices board: which families were told what, and who must be called before it is too late. */
@Controller()
export class BoardPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: noticeUrls.board, title: 'Notices', allowed: seeNotices },
    ...{ audit: 'notices.board-seen', subject: 'family' },
  })
  async board(@Visiting() visit: Visit): Promise<View> {
    const given = Object.fromEntries(Object.entries(visit.query).filter(([, value]) => value !== ''));
    const narrowed = asking.parse(given);
    const after = narrowed.after && PLACE[narrowed.sort].test(narrowed.after) ? narrowed.after : undefined;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const among = await familiesOf(tx, narrowed, visit.person.id);
      const { filter, kind, sort } = narrowed;
      // By need, what was received long ago is in nobody's way.
      const isOpen = !filter && sort === 'needed';
      const asked: BoardAsked = { filter, isOpen, kind, sort, among, after, limit: ON_A_PAGE + 1 };
      return { ...(await around(tx)), counts: await boardCounts(tx, among), ...(await rowsOf(tx, asked)) };
    });
    const { after: _, ...kept } = narrowed;
    const address = (more: Partial<Record<keyof Narrowed, string | undefined>>): string =>
      addressOf({ ...kept, ...more });
    return show('notices/board.njk', {
      ...{ ...data, terms, filter: kept, isFirst: !after, daysAtRisk: DAYS_AT_RISK },
      here: address({ after }),
      filters: boardFilters.map((filter) => ({ filter, href: address({ filter }), count: data.counts[filter] })),
      ...{ everything: address({ filter: undefined }), next: data.next && address({ after: data.next }) },
      sortBy: { needed: address({ sort: 'needed' }), newest: address({ sort: 'newest' }) },
      prints: visit.person.roles.some((role) => MakePrintBatch.allowed.roles.includes(role)),
    });
  }
}

async function rowsOf(tx: Transaction, asked: BoardAsked) {
  const found = await boardNotices(tx, asked);
  const notices = found.slice(0, ON_A_PAGE);
  const last = notices.at(-1);
  const families = await referencesOf(
    tx,
    notices.map(({ familyId }) => familyId),
  );
  const next = found.length > ON_A_PAGE && last ? placeOf(last, asked.sort) : undefined;
  return { notices, next, references: Object.fromEntries(families) };
}

async function around(tx: Transaction) {
  const waiting = (await arePrintedHere(tx)) ? await lettersWaiting(tx) : [];
  return {
    ...{ today: tx.today, sending: await sendingShown(tx), teams: (await teamsAndWards(tx)).teams },
    keptDays: await keptDaysCounted(tx),
    lettersToPrint: waiting.reduce((sum, { letters }) => sum + letters, 0),
  };
}

async function familiesOf(tx: Transaction, { whose, team }: Narrowed, me: string): Promise<string[] | undefined> {
  if (whose !== 'me' && !team) return undefined;
  const filter = { ...(whose === 'me' ? { ownerId: me } : {}), ...(team ? { team } : {}) };
  const found = await findFamilies(tx, filter, { sort: 'newest', limit: MOST_FAMILIES });
  return found.map((family) => family.id);
}

function addressOf(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return `${noticeUrls.board}?${new URLSearchParams(given).toString()}`;
}
