import request from 'supertest';
import { Money, operatorOf, problemCatalogue, type Role, everybody } from '../../src/kernel/index.ts';
import { RouteList, type RouteFacts } from '../../src/platform/index.ts';
import { CreateToken, RevokeToken } from '../../src/identity/index.ts';
import { ProposeMoney } from '../../src/funds/index.ts';
import { familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { Client, problemIn } from '../support/http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let routes: RouteFacts[];
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  routes = house.app
    .get(RouteList)
    .all()
    .flatMap(({ facts }) => facts ?? []);
});
afterAll(() => house.close());

const v1 = (): RouteFacts[] => routes.filter((route) => route.path.startsWith('/api/v1/'));
const addressOf = (route: RouteFacts, id = '1'): string =>
  route.path.replace(':id', id).replace(':token', '1').replace(':kind', 'payee');
const call = (route: RouteFacts, address: string, token?: string): request.Test => {
  const asked = route.method === 'GET' ? request(house.url).get(address) : request(house.url).post(address);
  return (token ? asked.auth(token, { type: 'bearer' }) : asked).set('Idempotency-Key', Math.random().toString());
};

describe('Every route', () => {
  it('is declared: no handler is without its facts', () => {
    expect(
      house.app
        .get(RouteList)
        .all()
        .filter(({ facts }) => !facts),
    ).toEqual([]);
    expect(v1().length).toBeGreaterThan(25);
  });

  it('asks for a token, unless it is open', async () => {
    for (const route of v1()) expect(problemIn(await call(route, addressOf(route)))).toEqual([401, 'not_signed_in']);
    const open = routes.filter((route) => route.allowed === 'open' && !route.isPage).map((route) => route.path);
    expect(open.toSorted()).toEqual([
      '/api/openapi.json',
      '/branding/:council/:version/council.css',
      '/f/calendar/:code.ics',
      '/health/live',
      '/health/ready',
      '/notify/:council/callback',
      '/problems',
      '/problems/:code',
    ]);
  });

  it.each(everybody)('refuses a %s what is not theirs, and lets them do what is', async (role: Role) => {
    for (const route of v1()) {
      const { status, body } = await call(route, addressOf(route), house.council.tokens[role]);
      const isAllowed = route.allowed !== 'open' && route.allowed.roles.includes(role);
      const isRefused = status === 403 && (body as { code: string }).code === 'not_permitted';
      expect([route.method, route.path, isRefused]).toEqual([route.method, route.path, !isAllowed]);
      expect(status).not.toBe(401);
      expect(status).toBeLessThan(500);
    }
  });

  it('that moves money asks for an Idempotency-Key', async () => {
    const moving = v1()
      .filter((route) => route.movesMoney)
      .map((route) => route.path);
    expect(moving.toSorted()).toEqual(
      [
        ...['/begin', '/submitted', '/answer', '/rescue'].map((step) => `/api/v1/bank-files/:id${step}`),
        ...['/api/v1/rescues/:id/decision', '/api/v1/returns/reissue', '/api/v1/returns/:id/close'],
        '/api/v1/vouchers/redeemed',
        ...['/api/v1/bank-lines/:id/matches', '/api/v1/bank-lines/:id/write-offs', '/api/v1/write-offs/:id/decision'],
        ...['/api/v1/bank-matches/:id/taking-back', '/api/v1/journals', '/api/v1/month-reopenings/:id/decision'],
        ...['/api/v1/months/:month/close', '/api/v1/months/:month/reopening'],
        ...['/api/v1/families/:id/grant-applications', '/api/v1/families/:id/payees', '/api/v1/grants-runs'],
        ...['/api/v1/grant-applications/:id/decision', '/api/v1/grant-applications/:id/recommend'],
        ...['/api/v1/awards/:id/cancel', '/api/v1/awards/:id/pay-today', '/api/v1/grant-reviews/:id/outcome'],
        ...['/api/v1/families/:id/put-rights', '/api/v1/payments/:id/put-right'],
        ...['/api/v1/overpayments/:id/recoveries', '/api/v1/overpayments/:id/give-up', '/api/v1/recoveries/:id/pause'],
        ...['/api/v1/awards/:id/given-back', '/api/v1/awards/:id/given-back/:givenBack/withdraw'],
        ...['/api/v1/falls/:id/tell-again', '/api/v1/moves', '/api/v1/fund-proposals/:id/approve'],
        ...['/api/v1/budgets', '/api/v1/runs', '/api/v1/runs/:id/cancel', '/api/v1/runs/:id/decision'],
        ...[
          '/api/v1/runs/:id/post',
          '/api/v1/runs/:id/price',
          '/api/v1/runs/:id/submit',
          '/api/v1/families/:id/members',
          ...['/api/v1/families', '/api/v1/families/:id/expected-babies'],
          '/api/v1/families/:id/plans',
          '/api/v1/plans/:id/changes',
          '/api/v1/pay-day-moves',
        ],
      ].toSorted(),
    );
    const answer = await client.post('finance', '/runs/1/submit', {}, { key: null });
    expect(problemIn(answer)).toEqual([400, 'idempotency_key_missing']);
  });
});

describe('A token', () => {
  it.each(['', 'mst_1_short', `mst_1_${'x'.repeat(32)}`, `mst_9999_${'x'.repeat(32)}`, `mst_99999_${'x'.repeat(32)}`])(
    'that is not one is refused: "%s"',
    async (token) => {
      const answer = await request(house.url).get('/api/v1/runs').set('authorization', `Bearer ${token}`);
      expect(problemIn(answer)).toEqual([401, 'not_signed_in']);
    },
  );

  it('of one council opens no other, whatever number is put in front of it', async () => {
    const forged = house.other.tokens.finance.replace(`mst_${house.other.id}_`, `mst_${house.council.id}_`);
    expect(problemIn(await request(house.url).get('/api/v1/runs').auth(forged, { type: 'bearer' }))).toEqual([
      401,
      'not_signed_in',
    ]);
  });

  it('that is revoked or past its day is refused', async () => {
    const operator = operatorOf(house.other.id);
    const email = 'auditor@southshire.example';
    const token = await house.app.get(CreateToken).run(operator, email, 'soon over', 1);
    const get = (): request.Test => request(house.url).get('/api/v1/runs').auth(token, { type: 'bearer' });
    await get().expect(200);
    await house.superuser.query(`update identity.api_token set expires_at = now() where label = 'soon over'`);
    expect(problemIn(await get())).toEqual([401, 'not_signed_in']);
    await house.superuser.query(
      `update identity.api_token set expires_at = now() + interval '1 day' where label = 'soon over'`,
    );
    await get().expect(200);
    await house.app.get(RevokeToken).run(operator, email);
    expect(problemIn(await get())).toEqual([401, 'not_signed_in']);
  });
});

describe("Another council's numbers", () => {
  const theirs: Record<string, string> = {};
  beforeAll(async () => {
    await takeIn(house.app, house.other, familyRows('THEIRS'));
    theirs.runs = await completeRun(house.app, house.other, FIRST_PAY_DATE);
    const one = async (table: string): Promise<string> =>
      (
        await house.superuser.query<{ id: string }>(`select id from ${table} where authority_id = $1 limit 1`, [
          house.other.id,
        ])
      ).rows[0]!.id;
    Object.assign(theirs, { families: await one('families.family'), members: await one('families.member') });
    Object.assign(theirs, { plans: await one('subsistence.plan'), 'bank-details': await one('families.instrument') });
    Object.assign(theirs, { overpayments: '999999', 'plan-changes': '999999', 'moves-home': '999999' });
    Object.assign(theirs, { funds: await one('funds.fund'), ledger: await one('ledger.account') });
    const money = { financialYear: '2026-27', amount: Money.gbp('1.00'), reason: 'Theirs' };
    const proposed = { ...money, fundId: theirs.funds ?? '' };
    const { proposalId } = await house.app.get(ProposeMoney).budget(house.other.actors.finance, proposed);
    theirs['fund-proposals'] = proposalId;
    Object.assign(theirs, { people: house.other.userIds.manager, tokens: await one('identity.api_token') });
    Object.assign(theirs, { 'bank-files': '999999', 'bank-reports': '999999', rescues: '999999', returns: '999999' });
    Object.assign(theirs, { 'grant-applications': '999999', awards: '999999', evidence: '999999' });
    Object.assign(theirs, { 'fund-rules': '999999' });
    Object.assign(theirs, { 'follow-ups': '999999' });
    Object.assign(theirs, { 'grant-reviews': '999999', signposts: '999999' });
    Object.assign(theirs, { teams: '999999', limits: '999999', rates: '999999', originator: '999999' });
    Object.assign(theirs, { approvals: '999999', 'approval-policies': '999999', 'approval-freezes': '999999' });
    Object.assign(theirs, { payments: '999999' });
    Object.assign(theirs, { recoveries: '999999', 'recovery-floors': '999999' });
    Object.assign(theirs, { 'stand-ins': '999999', falls: '999999' });
    Object.assign(theirs, { 'family-messages': '999999', notices: '999999', 'pay-day-moves': '999999' });
    Object.assign(theirs, { 'kept-pay-days': '999999' });
  });

  const bodies: Record<string, object> = {
    'grant-applications': { fundCode: 'x' },
    answers: {},
    'take-up': { fundCode: 'x', whose: { newReference: 'X' } },
    people: { email: 'a@b.example', name: 'A' },
    'second-look': { agreed: true, note: 'x' },
    outcome: { outcome: 'overturned', fingerprint: '0'.repeat(64), reason: 'x' },
    end: { because: 'x' },
    rules: { reason: 'x' },
    conferences: { heldOn: '2026-11-16', agencies: 'x', recommendation: 'x' },
    'given-back': {
      ...{
        parts: [{ paymentId: '1', amount: '1.00' }],
        givenBy: 'family',
        way: 'cash',
        expectedOn: '2026-11-16',
        reason: 'x',
      },
    },
    recommend: { recommendation: 'x' },
    checks: { note: 'x' },
    hold: { lineIds: ['1'], category: 'other', reason: 'x' },
    unhold: { lineIds: ['1'], reason: 'x' },
    cancel: { reason: 'x' },
    decline: { reason: 'x' },
    recoveries: {
      ...{ weekly: '1.00', startsOn: '2026-12-10', agreedOn: '2026-11-16', agreedWith: 'x' },
      ...{ explainedIn: 'x', evidence: 'x' },
    },
    ...{ 'put-rights': { reason: 'x' }, 'put-right': { reason: 'x' } },
    ...{ 'give-up': { reason: 'x' }, pause: { reason: 'x' } },
    withdraw: { reason: 'x' },
    'ask-for-changes': { reason: 'x' },
    plans: { fundId: '1', payDay: 4, supportFrom: '2026-11-26' },
    'moves-home': {
      ...{ movesOn: '2027-01-14', line1: 'A', town: 'B', postcode: 'SE1 1AA', travel: 'has-money', reason: 'x' },
    },
    changes: { planVersion: 1, change: { kind: 'end', from: '2026-12-01', reason: 'x' } },
    'bank-details': { sortCode: '000014', accountNumber: '12345678', accountName: 'A' },
    payees: { sortCode: '000014', accountNumber: '12345678', accountName: 'A', payeeName: 'A' },
    members: { relationship: 'other', name: 'A' },
    leaving: { leftOn: '2026-11-01' },
    'pregnancy-ended': { endedOn: '2026-11-01' },
    contact: { language: 'en', contact: 'no', version: 1 },
    address: { version: 1 },
    owner: { ownerId: null, reason: 'x', version: 1 },
    notes: { text: 'x' },
    'expected-babies': { due: '2026-12-01' },
    birth: { born: '2020-01-01', reason: 'x', version: 1 },
    answer: { note: 'x', version: 1, answer: 'accept', reason: 'x' },
    submitted: { bankReference: 'x' },
    rescue: { rail: 'bacs', reason: 'x' },
    ...{ confirm: { reason: 'x' }, close: { reason: 'x' } },
    'page-end': { reason: 'x' },
    opening: { purpose: 'other', reason: 'x' },
    roles: { roles: ['manager'], reason: 'x', version: 1 },
    account: { isActive: false, reason: 'x' },
    team: { teamId: null },
    '': { name: 'A', isActive: true, version: 1 },
    // Proposals stand one step further down their address.
    ':id': { outcome: 'approved', reason: 'x', explanation: 'x' },
    tellings: { how: 'call', outcome: 'told', on: '2026-11-16', spokeTo: 'x', note: 'x' },
    'same-way': { way: 'sms' },
    conflict: { declared: 'none' },
    matches: { parts: [{ source: 'file', documentId: '1', amount: '1.00' }], note: 'x' },
    'write-offs': { amount: '1.00', category: 'bank-charge', reason: 'x' },
    'taking-back': { reason: 'x' },
    lift: { reason: 'x' },
    settle: { words: 'x' },
  };
  const decisions: Record<string, object> = {
    runs: { outcome: 'approved', fingerprint: '0'.repeat(64) },
    'grant-applications': { outcome: 'approved', fingerprint: '0'.repeat(64) },
    'bank-details': { outcome: 'approve' },
    'pay-day-moves': { outcome: 'approve', reason: 'x' },
    overpayments: { outcome: 'not_recovered', reason: 'x' },
    rescues: { answer: 'agree' },
    'recovery-floors': { outcome: 'approved', reason: 'x' },
    'fund-rules': { outcome: 'approved', reason: 'x' },
    'approval-policies': { outcome: 'approved', reason: 'x' },
    'write-offs': { outcome: 'approved', reason: 'x' },
    'month-reopenings': { outcome: 'approved', reason: 'x' },
  };

  it('are not found, nor touched, on any address, and neither are numbers nobody has', async () => {
    const wrong: unknown[] = [];
    for (const route of v1().filter((each) => each.path.includes(':id'))) {
      const [, , , room = '', , verb = ''] = route.path.split('/');
      const role = route.allowed === 'open' ? 'auditor' : (route.allowed.roles[0] as Role);
      for (const id of [theirs[room]!, '999999999', 'abc', '1e3', '9'.repeat(30)]) {
        const asked = call(route, addressOf(route, encodeURIComponent(id)), house.council.tokens[role]);
        const answer = await (route.method === 'POST'
          ? asked.send(verb === 'decision' ? decisions[room] : (bodies[verb] ?? {}))
          : asked);
        if (answer.status !== 404) wrong.push([route.method, route.path, id, answer.status, answer.body]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('do not appear in any list', async () => {
    for (const route of v1().filter((each) => each.method === 'GET' && !each.path.includes(':id'))) {
      const { text } = await call(route, route.path, house.council.tokens.administrator);
      expect(text).not.toContain('THEIRS');
      expect(text).not.toContain(`"${theirs.runs}"`);
    }
  });
});

describe('The description of the API', () => {
  it('lists every address under /api/v1 once, with its answers and problems', async () => {
    const { body } = await request(house.url).get('/api/openapi.json').expect(200);
    const document = body as {
      openapi: string;
      paths: Record<
        string,
        Record<string, { responses: object; security?: object[]; parameters: { name: string; in: string }[] }>
      >;
    };
    expect(document.openapi).toMatch(/^3\.1\./);
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.toSorted()).toEqual(
      v1()
        .map((route) => `${route.method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`)
        .toSorted(),
    );
    for (const [path, methods] of Object.entries(document.paths))
      for (const operation of Object.values(methods)) {
        expect(Object.keys(operation.responses)).toEqual([expect.stringMatching(/^2\d\d$/), 'default']);
        expect(operation.security).toEqual([{ token: [] }]);
        const inPath = operation.parameters.filter((each) => each.in === 'path').map((each) => each.name);
        expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
      }
  });

  it('points nowhere that is not in it', async () => {
    const { text, body } = await request(house.url).get('/api/openapi.json').expect(200);
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1]!.split('/'));
    for (const path of references)
      expect(
        path.reduce<unknown>((place, step) => (place as Record<string, unknown> | undefined)?.[step], body),
      ).toBeDefined();
  });
});

describe('Problems', () => {
  it('have a page each, and a list of all', async () => {
    const list = await request(house.url).get('/problems').expect(200);
    for (const { code, title } of problemCatalogue()) {
      expect(list.text).toContain(`/problems/${code}`);
      const page = await request(house.url).get(`/problems/${code}`).expect(200);
      expect(page.headers['content-type']).toMatch(/^text\/html/);
      expect(page.text).toContain(title);
    }
  });

  it('say so when there is no such problem, or nothing at an address', async () => {
    expect(problemIn(await request(house.url).get('/problems/none'))).toEqual([404, 'no_such_problem']);
    expect(problemIn(await request(house.url).get('/api/v1/nothing'))).toEqual([404, 'no_such_address']);
    expect(problemIn(await request(house.url).post('/api/v2/runs'))).toEqual([404, 'no_such_address']);
  });

  it('do not tell the insides of a fault of ours', async () => {
    await house.superuser.query('alter table funds.fund rename to away');
    const answer = await client.get('finance', '/funds');
    await house.superuser.query('alter table funds.away rename to fund');
    expect(problemIn(answer)).toEqual([500, 'our_fault']);
    expect(answer.text).not.toMatch(/relation|funds|select/);
    expect((answer.body as { reference: string }).reference).toBe(answer.headers['x-request-id']);
  });
});

describe('Health', () => {
  it('says the process lives, and whether it can serve', async () => {
    expect((await request(house.url).get('/health/live').expect(200)).body).toEqual({ status: 'alive' });
    expect((await request(house.url).get('/health/ready').expect(200)).body).toEqual({ database: true, queue: true });
  });

  it('sends the headers a browser needs to be safe, and not who made the server', async () => {
    const { headers } = await request(house.url).get('/health/live');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});
