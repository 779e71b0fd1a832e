import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { AddFamily, type FamilyFilter, findByName, seeFamilies, teamsAndWards } from '../../families/index.ts';
import { namesOf } from '../../identity/index.ts';
import { type Transaction, UnitOfWork, words } from '../../platform/index.ts';
import { planGlances, planStatuses, ProposePayDayMove } from '../../subsistence/index.ts';
import { attempt, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { familyUrls } from './families.urls.ts';
import { familyListing, type ListAsked } from './family-list.ts';
import type { ListedFamily } from './family-sources.ts';

const written = z.string().trim().max(100).optional().catch(undefined);
const PLACE = { reference: /^[\w/-]{1,35}$/, newest: /^\d{1,18}$/, 'next-date': /^\d{4}-\d\d-\d\d_\d{1,18}$/ };
const asking = z.object({
  ...{ reference: written, team: written, ward: written, after: written, before: written },
  owner: z.enum(['me', 'nobody']).optional().catch(undefined),
  missing: z.enum(['bank-details', 'birth', 'safety']).optional().catch(undefined),
  status: z.enum(planStatuses).optional().catch(undefined),
  payDay: z.enum(['1', '2', '3', '4', '5']).optional().catch(undefined),
  sort: z.enum(['reference', 'newest', 'next-date']).catch('reference'),
});
type Narrowed = z.output<typeof asking>;

const searching = z.object({ name: words(100) });
const MOST_FOUND = 50;

/** The list of families, narrowed and paged by what is in the address; names are searched for by a form that leaves none there. */
@Controller()
export class FamilyListPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.list, title: 'Families', allowed: seeFamilies },
    ...{ audit: 'families.list-seen', subject: 'family' },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const given = Object.fromEntries(Object.entries(visit.query).filter(([, value]) => value !== ''));
    const narrowed = asking.parse(given);
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const listing = await familyListing(tx, askedOf(narrowed, visit.person.id));
      return { listing, names: await ownersOf(tx, listing.rows), choices: await teamsAndWards(tx) };
    });
    const { after, before, ...kept } = narrowed;
    const address = (more: Record<string, string | undefined>): string => addressOf({ ...kept, ...more });
    const { sort: _, status: __, ...whose } = kept;
    return show('families/list.njk', {
      moveTheirDay: addressOf(whose, '/pay-days/new'),
      mayMove: ProposePayDayMove.allowed.roles.some((role) => visit.person.roles.includes(role)),
      ...{ ...data, filter: kept, mayAdd: mayAdd(visit), isFirst: !after && !before },
      isNarrowed: Object.entries(kept).some(([name, value]) => name !== 'sort' && value !== undefined),
      previous: data.listing.previous && address({ before: data.listing.previous }),
      next: data.listing.next && address({ after: data.listing.next }),
      sortBy: Object.fromEntries(Object.keys(PLACE).map((sort) => [sort, address({ sort })])),
    });
  }

  @Page({
    ...{ method: 'GET', path: familyUrls.search, title: 'Find a family by name', allowed: seeFamilies },
    audit: null,
  })
  ask(): View {
    return show('families/search.njk', { values: {} });
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.search, title: 'Find a family by name', allowed: seeFamilies },
    audit: 'families.names-searched',
  })
  search(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { name } = read(searching, visit.form);
        const found = await this.unitOfWork.run({ name: 'families.search', actor: visit.actor }, async (tx) => {
          const families = await findByName(tx, name, MOST_FOUND);
          const plans = await planGlances(
            tx,
            families.map((family) => family.id),
          );
          return families.map((family) => ({ family, plan: plans.get(family.id), place: family.id }));
        });
        const names = await this.unitOfWork.read(visit.actor, (tx) => ownersOf(tx, found));
        return show('families/search.njk', { found, names, values: visit.form, most: MOST_FOUND });
      },
      () => show('families/search.njk', { values: visit.form }),
    );
  }
}

function askedOf(narrowed: Narrowed, me: string): ListAsked {
  const { reference, team, ward, owner, missing, status, payDay, sort } = narrowed;
  const filter: FamilyFilter = {
    ...{ reference, team, ward, missing },
    ...(owner ? { ownerId: owner === 'me' ? me : null } : {}),
  };
  const place = (text: string | undefined): string | undefined => (text && PLACE[sort].test(text) ? text : undefined);
  const before = place(narrowed.before);
  const from = before ? { before } : { after: place(narrowed.after) };
  return { ...{ filter, status, sort }, ...from, ...(payDay ? { payDay: Number(payDay) } : {}) };
}

function addressOf(query: Readonly<Record<string, string | undefined>>, page: string = familyUrls.list): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return `${page}?${new URLSearchParams(given).toString()}`;
}

async function ownersOf(tx: Transaction, rows: readonly ListedFamily[]): Promise<Record<string, string>> {
  const owners = rows.map(({ family }) => family.ownerId);
  return Object.fromEntries(await namesOf(tx, [...new Set(owners)]));
}

function mayAdd(visit: Visit): boolean {
  return AddFamily.allowed.roles.some((role) => visit.person.roles.includes(role));
}
