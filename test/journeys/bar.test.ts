import { everybody, type Role } from '../../src/kernel/index.ts';
import { navigationFor } from '../../src/web/pages/navigation.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const MOST = 8;

/** Every place a role is shown, area by area. */
function placesOf(role: Role): string[] {
  const { areas } = navigationFor([role], '/');
  return areas.flatMap(({ href }) => navigationFor([role], href).within?.places.map((place) => place.href) ?? [href]);
}

describe('The bar at the top', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await testHouse(PAGES);
  });
  afterAll(() => house.close());

  it.each(everybody)('gives %s a few areas, whose places all open', async (role) => {
    expect(navigationFor([role], '/').areas.length).toBeLessThanOrEqual(MOST);
    const visitor = await PageVisitor.signedIn(house, role);
    const opened = await Promise.all(
      placesOf(role)
        .filter((href) => role !== 'partner' || href !== '/')
        .map(async (href) => [href, (await visitor.get(href)).status]),
    );
    expect(opened.filter(([, status]) => status !== 200)).toEqual([]);
  });

  it('marks the area and the place somebody is in, also on pages below it', () => {
    const { areas, within } = navigationFor(['manager'], '/grants/17/decide');
    expect(areas.filter(({ active }) => active).map(({ text }) => text)).toEqual(['Grants']);
    expect(within?.places.filter(({ active }) => active).map(({ text }) => text)).toEqual(['Applications']);
    const looks = navigationFor(['manager'], '/grants/second-looks').within;
    expect(looks?.places.filter(({ active }) => active).map(({ text }) => text)).toEqual(['Second looks']);
    expect(navigationFor(['manager'], '/account').areas.some(({ active }) => active)).toBe(false);
  });

  it('shows a manager seven areas, and the places of an area where there are several', async () => {
    const manager = await PageVisitor.signedIn(house, 'manager');
    const { text } = await manager.get('/spend');
    expect(text.match(/class="govuk-service-navigation__item/g)).toHaveLength(7);
    expect(text).toContain('<nav class="mainstay-area" aria-label="Money">');
    expect((await manager.get('/notices')).text).not.toContain('mainstay-area');
  });
});
