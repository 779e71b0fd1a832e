import { everybody } from '../../src/kernel/index.ts';
import type { RouteFacts } from '../../src/platform/index.ts';
import { everyPage, PAGES, PageVisitor } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

/** Pages that need no sign-in, and why. */
const OPEN: Readonly<Record<string, string>> = {
  '/accessibility': 'anybody may read what to expect',
  ...Object.fromEntries(
    [
      '',
      '/:code',
      '/ask',
      '/asked',
      '/asked/:id/again',
      '/calendar',
      '/calendar/stop',
      '/closed',
      '/code',
      '/exit',
      '/help',
      '/language',
      '/leave',
      '/letters',
    ]
      .concat(['/letters/:id', '/messages', '/not-arrived', '/notices/:id/seen', '/safe', '/start'])
      .map((path) => [`/f${path}`, 'a family has no account: its guard asks for the session its code began']),
  ),
  '/sign-in': 'one must get in',
  '/sign-in/as': 'refused outside the demonstration',
  '/sign-in/code': 'one must get in',
  '/sign-in/first-time': 'one must get in',
  '/sign-out': 'one must get out, also when the session has ended',
};
/** Pages whose look is not recorded, and why. */
const UNRECORDED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(OPEN).map((path) => [path, OPEN[path] ?? ''])),
  '/': 'shows what waits, by number',
  '/account': 'shows a person themselves',
  '/carry-on': 'shows a person what they typed',
  '/families/search': 'asks for a name; what is found is recorded by its action',
  '/families/new': 'shows which questions a person has answered',
  '/families/new/:step': 'shows a person what they typed',
  '/families/new/check': 'shows a person what they typed',
  '/families/new/discard': 'throws away what a person typed',
  '/families/:id/bank-details/new': 'keeps what a person typed; showing the family is recorded',
  '/funds': 'shows sums of funds',
  '/funds/proposals': 'shows money proposed for funds, by number',
  '/funds/proposals/:id': 'shows money proposed for a fund',
  '/funds/:id/budget/:question': 'shows a person what they typed',
  '/funds/:id/move/:question': 'shows a person what they typed',
  '/funds/new/:question': 'shows a person what they typed',
  '/ledger': 'shows sums of accounts',
  '/ledger/accounts/:id': 'shows sums of days',
  '/families/import': 'shows what a file may hold',
  '/families/import/check': 'shows counts of a file only its sender has',
  '/families/import/template.csv': 'a file without rows',
  '/what-would-a-family-get': 'shows a household that need not exist',
  '/calendar': 'shows days and runs, no family',
  '/pay-days/calendar': 'shows days and counts families, not which',
  '/grants/:id/reviews/new': 'asks, and shows nothing',
  '/signposts': 'shows who else helps, no family',
  '/signposts/new': 'shows a person what they typed',
  '/signposts/:id/end': 'shows who else helps, no family',
  ...Object.fromEntries(
    ['', '/new', '/:id'].map((step) => [
      `/administration/recovery-floor${step}`,
      'shows what always stays with families, and no family',
    ]),
  ),
  '/notices/urgent': 'shows changes and families by their references',
  '/runs': 'shows runs by date and sum, no family',
  '/bank-files': 'shows files by name and sum, no family',
  '/bank-files/:id': 'shows sums and who of the staff did what, no family',
  '/bank-files/:id/content': 'the view that opens the file records the look, with its hash',
  '/bank-reports/new': 'asks for a file',
  '/bank-reports/exceptions': 'shows what fits no payment, and so no family',
  '/runs/new': 'asks for a date',
  '/runs/grants/new': 'shows sums of what is due, no family',
  '/grants/catalogue': 'shows what can be asked for, no family',
  '/runs/new/check': 'shows the days of a run to be opened',
  '/runs/:id': 'shows sums and who of the staff did what, no family',
  '/runs/:id/progress': 'counts parts of a run',
  '/runs/:id/lines': 'choosing payments does nothing yet; the look at the list is recorded',
  '/runs/:id/holds': 'asking why does nothing yet; the look is recorded',
  '/runs/:id/price': 'shows counts of a run',
  '/runs/:id/send': 'shows sums of a run',
  '/runs/:id/cancel': 'shows sums of a run',
  '/runs/:id/file': 'the view that opens the file records the look, with its hash',
  '/my-limits': 'shows a person their own limits, and who of the staff stands in for whom',
  '/my-limits/stand-ins/new': 'asks, and shows the staff',
  '/approvals/:id': 'shows an amount and who of the staff signs; what it is about is recorded by its own page',
  '/administration/signatures': 'shows rules',
  '/administration/signatures/new': 'asks, and shows nothing',
  '/administration/signatures/:id': 'shows a rule',
  '/administration/closed-approvals': 'shows days',
  '/administration/closed-approvals/new': 'asks, and shows nothing',
  '/administration/closed-approvals/:id/lift': 'asks, and shows nothing',
  '/administration': 'shows what there is to set up',
  '/administration/agencies': 'shows agencies, no person',
  '/evidence/:id': 'the action that opens the file records the look, with its hash',
  '/referrals/:id/evidence/:file': 'the action that opens the file records the look, with its hash',
  '/referrals/new': 'shows which questions a person has answered',
  '/referrals/new/:step': 'shows a person what they typed',
  '/referrals/new/check': 'shows a person what they typed',
  '/referrals/new/discard': 'throws away what a person typed',
  '/administration/bank-holidays': 'shows days, and who of the staff entered them',
  '/administration/bank-holidays/new': 'shows a person what they typed',
  '/administration/bank-holidays/new/check': 'counts families, not which',
  '/administration/branding': 'shows the council',
  '/administration/limits': 'shows limits of roles, not people',
  '/administration/limits/new': 'asks, and shows nothing',
  '/administration/limits/proposals/:id': 'shows a limit of a role',
  '/administration/notices': 'shows the council',
  '/administration/notices/help': 'shows the council',
  '/administration/notices/periods': 'shows the council',
  '/administration/pay-days': 'shows the council, its account by the last digits',
  '/administration/pay-days/account/:id': 'shows the council’s account by its last digits',
  '/administration/pay-days/account/new': 'shows the council’s account by its last digits',
  '/administration/pay-days/change': 'shows the council',
  '/administration/people/new': 'shows a person what they typed',
  '/administration/people/new/check': 'shows a person what they typed',
  '/administration/rates': 'shows rates',
  '/administration/rates/new': 'shows rates and what somebody typed',
  '/administration/rates/new/check': 'shows rates and how many families, not which',
  '/administration/rates/proposals/:id': 'shows rates and how many families, not which',
  '/administration/service': 'shows teams',
  '/administration/service/structure': 'shows the council',
  '/administration/teams/:id': 'shows a team and its lead',
  '/administration/teams/new': 'asks, and shows nothing',
  '/notices/letters': 'shows batches by number and count',
  '/notices/letters/:id/letters.pdf': 'the view that opens the file records the look, with its hash',
  '/notices/:id/letters/:attempt/letter.pdf': 'the view that opens the file records the look, with its hash',
  '/administration/languages': 'shows words, and who of the staff read them',
  '/administration/languages/:language': 'shows words with made-up facts',
  '/administration/sending': 'shows the council, and counts',
  '/administration/sending/change': 'shows the council',
  '/administration/sending/test': 'asks, and shows a person their own address',
  '/pay-days': 'shows moves by number and count, no family',
  '/reconciliation': 'shows statements by date and sum',
  '/reconciliation/take-in': 'asks for a file',
  '/reconciliation/layouts': 'shows names of columns',
  '/reconciliation/layouts/new': 'asks for the names of columns',
  '/reconciliation/documents/:id': 'leads to a statement, whose look is recorded',
  '/reconciliation/exceptions/:kind/:id': 'asks who looks after something',
  '/reconciliation/proof': 'shows sums and files',
  '/reconciliation/months': 'shows months, and who of the staff closed them',
  '/reconciliation/months/:month': 'shows counts and sums of a month',
  '/reconciliation/months/:month/close': 'shows counts of a month',
  '/reconciliation/months/:month/reopen': 'asks, and shows nothing',
  '/reconciliation/reopenings/:id': 'shows a month, and who of the staff proposed it',
  '/reconciliation/journals': 'shows journals by number and sum',
  '/reconciliation/journals/make': 'shows a count and a sum',
  '/reconciliation/journals/codes': 'shows codes of accounts',
  '/reconciliation/journals/:id/journal.csv': 'the action that writes the file records the look, with its hash',
  '/verify': 'shows proofs and counts',
};

let house: TestHouse;
let pages: RouteFacts[];
beforeAll(async () => {
  house = await testHouse(PAGES);
  pages = everyPage(house);
});
afterAll(() => house.close());

const addressOf = (page: RouteFacts): string => page.path.replaceAll(/:\w+/g, '1');

describe('Every page', () => {
  it('needs a sign-in, or says here why not', () => {
    const open = pages.filter((page) => page.allowed === 'open').map((page) => page.path);
    expect([...new Set(open)].toSorted()).toEqual(Object.keys(OPEN));
  });

  it('says what the audit trail calls it, or here why nothing is recorded', () => {
    const unrecorded = pages.filter((page) => page.audit === null || page.audit === undefined);
    expect(unrecorded.filter((page) => !(page.path in UNRECORDED))).toEqual([]);
  });

  it('sends a visitor to sign in', async () => {
    for (const page of pages.filter(({ allowed }) => allowed !== 'open')) {
      const answer = await fetch(`${house.url}${addressOf(page)}`, { method: page.method, redirect: 'manual' });
      expect([page.path, answer.status, answer.headers.get('location')]).toEqual([
        page.path,
        303,
        expect.stringMatching(/^\/sign-in/),
      ]);
    }
  });

  it.each(everybody)('refuses a %s what is not theirs, and lets them see what is', async (role) => {
    const visitor = await PageVisitor.signedIn(house, role);
    for (const page of pages.filter(({ allowed }) => allowed !== 'open')) {
      const isAllowed = page.allowed !== 'open' && page.allowed.roles.includes(role);
      const { status, text } =
        page.method === 'GET'
          ? await visitor.get(addressOf(page))
          : await visitor.send('/account', {}, addressOf(page));
      const isRefused = status === 403 && text.includes('You are not allowed to do this');
      expect([page.method, page.path, isRefused]).toEqual([page.method, page.path, !isAllowed]);
      expect(status).toBeLessThan(500);
    }
  });

  it('takes no form that is not its own', async () => {
    const visitor = await PageVisitor.signedIn(house, 'finance');
    for (const page of pages.filter(
      ({ method, upload }: RouteFacts & { upload?: boolean }) => method === 'POST' && !upload,
    )) {
      const { status, text } = await visitor.send('/account', { 'form-proof': 'somebody else' }, addressOf(page));
      expect([page.path, status, text.includes('This form cannot be taken')]).toEqual([page.path, 403, true]);
    }
  });

  it('is kept by no browser and written into by nobody', async () => {
    const visitor = await fetch(`${house.url}/sign-in`);
    expect(visitor.headers.get('cache-control')).toBe('no-store');
    expect(visitor.headers.get('content-security-policy')).toMatch(/script-src 'self' 'nonce-[^']+';style-src 'self';/);
    expect(await visitor.text()).not.toMatch(/ on\w+="|style="|GDS Transport|crown/i);
  });
});

describe('A form sent after its session ran out', () => {
  it('is kept for the same person, and shown to them again', async () => {
    const visitor = await PageVisitor.signedIn(house, 'caseworker');
    const { text } = await visitor.get('/account');
    const proof = /name="form-proof" value="([^"]+)"/.exec(text)?.[1] ?? '';
    await house.superuser.query(
      `update identity.session set ended_at = now(), ended_because = 'test' where user_id = $1 and ended_at is null`,
      [house.council.userIds.caseworker],
    );
    const sent = await visitor.send(
      '/sign-in',
      { 'form-proof': proof, reason: 'typed with care', apiKey: 'a key nobody may read' },
      '/account/sessions/1/end',
    );
    expect(sent.location).toBe('/sign-in');
    const back = await PageVisitor.signedIn(house, 'caseworker');
    const shown = await back.get('/carry-on');
    expect(shown.text).toContain('typed with care');
    expect(shown.text).not.toContain('a key nobody may read');
    expect(shown.text).toContain('action="/account/sessions/1/end"');
    expect((await back.get('/carry-on')).location).toBe('/');
  });
});
