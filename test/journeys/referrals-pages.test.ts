import { grantFund, knownFamily } from '../support/grants-scene.ts';
import { boxes } from '../support/form-filler.ts';
import { Client } from '../support/http.ts';
import { PageVisitor, PAGES } from '../support/pages.ts';
import { referral } from '../support/referral-scene.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let partner: PageVisitor;
let caseworker: PageVisitor;
let family: string;
let at = '';
beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  await grantFund(house.app, house.council, '1000.00');
  family = await knownFamily(house, 'R-1');
  await house.superuser.query(`update families.family set postcode = 'NR1 1AA' where id = $1`, [family]);
  [partner, caseworker] = [
    await PageVisitor.signedIn(house, 'partner'),
    await PageVisitor.signedIn(house, 'caseworker'),
  ];
});
afterAll(() => house.close());

const WHO = { leadName: 'Amina Diallo', postcode: 'NR1 1AA', children: 'Samba, 4', reach: 'Call 07700 900321' };
const NEED = { codes: 'food', need: 'The cupboard is empty until Friday.' };
const CONSENT = { agreed: 'yes', consentBy: 'Amina Diallo', consentHow: 'in-person', hearsOutcome: 'no' };

describe('Somebody of a partner agency', () => {
  it('lands on the referrals of the agency, and nowhere else', async () => {
    expect((await partner.get('/')).location).toBe('/referrals');
    expect((await partner.get('/referrals')).text).toContain('Your agency has referred nobody yet');
    for (const elsewhere of ['/families', '/grants', `/families/${family}`, '/asked-for', '/runs', '/waiting'])
      expect([elsewhere, (await partner.get(elsewhere)).status]).toEqual([elsewhere, 403]);
  });

  it('cannot go on without the family’s consent, and loses nothing she typed', async () => {
    expect((await partner.send('/referrals/new/family', WHO)).location).toBe('/referrals/new/consent');
    const refused = await partner.send('/referrals/new/consent', { ...CONSENT, agreed: 'no' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('A family that has not agreed cannot be referred.');
    expect(refused.text).toContain('value="Amina Diallo"');
    expect((await partner.get('/referrals/new/family')).text).toContain('Call 07700 900321');
    expect((await partner.send('/referrals/new', {}, '/referrals/new/check')).location).toBe('/referrals/new/consent');
  });

  it('checks her answers, sends them, and sees that the council has them', async () => {
    await partner.send('/referrals/new/consent', { ...CONSENT, ...boxes('consentOn', '2026-11-15') });
    await partner.send('/referrals/new/needs', NEED);
    const last = await partner.send('/referrals/new/analysis', { analysis: 'She shares one room with two children.' });
    expect(last.location).toBe('/referrals/new/check');
    expect((await partner.get('/referrals/new/check')).text).toContain('She shares one room');
    at = (await partner.send('/referrals/new/check', {})).location ?? '';
    expect(at).toMatch(/^\/referrals\/\d+$/);
    expect((await partner.get(at)).text).toContain('The council has it. A worker will look at it.');
    expect((await partner.get('/referrals/new')).text).not.toContain('Answered');
  });

  it('does not see what another agency referred', async () => {
    const other = await referral(house, { agency: 'Southtown Aid', leadName: 'Somebody Else' });
    expect((await partner.get('/referrals')).text).not.toContain('Somebody Else');
    expect((await partner.get(`/referrals/${other}`)).status).toBe(404);
    await client.get('partner', `/own-referrals/${other}`).expect(404);
    await client.get('partner', `/referrals/${other}`).expect(403);
  });
});

describe('A worker', () => {
  it('finds the referral, takes it up for a family the council knows, and its application begins', async () => {
    const id = at.split('/').at(-1);
    expect((await caseworker.get('/asked-for')).text).toContain('Amina Diallo');
    const page = await caseworker.get(`/asked-for/referrals/${id}`);
    expect(page.text).toContain('Same postcode');
    const unsaid = await caseworker.send(`/asked-for/referrals/${id}`, { fundCode: 'early-action' });
    expect([unsaid.status, unsaid.text.includes('Answer this.')]).toEqual([422, true]);
    const taken = { whose: family, fundCode: 'early-action' };
    const { location } = await caseworker.send(`/asked-for/referrals/${id}`, taken);
    expect(location).toMatch(/^\/grants\/\d+$/);
    const application = await caseworker.get(location ?? '');
    expect(application.text).toContain('The cupboard is empty until Friday.');
    expect(application.text).toContain('Northtown Advice');
    expect((await partner.get(at)).text).toContain('A worker is looking at what the family needs.');
  });
});
