import { verifyAll } from '../../src/house/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import {
  fundNamed,
  grantFund,
  knownFamily,
  NO_INTEREST,
  recommended,
  shown,
  WHY_NOT,
} from '../support/grants-scene.ts';
import { Client, problemIn } from '../support/http.ts';
import { answersOf, declined, reviewInHand } from '../support/reviews-scene.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const ITEMS = [{ code: 'rent-arrears', amount: '240.00', description: 'Two weeks of rent' }];

let house: TestHouse;
let client: Client;
let family: string;
let application: string;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await grantFund(house.app, house.council, '1000.00');
  family = await knownFamily(house, 'G-1');
  application = await recommended(client, family, ITEMS);
});
afterAll(() => house.close());

describe('A refusal', () => {
  it('is not given without reasons, what would change it, and where else to go', async () => {
    const { fingerprint } = await shown(client, application);
    const bare = { ...NO_INTEREST, outcome: 'declined', fingerprint };
    const refused = await client.post('manager', `/grant-applications/${application}/decision`, bare);
    expect(problemIn(refused)).toEqual([422, 'refusal_unexplained']);
    const { items } = refused.body as { items: { field: string }[] };
    expect(items.map((item) => item.field)).toEqual(['reason', 'wouldChange', 'signposts']);
    const gone = { ...bare, ...WHY_NOT, signposts: ['1'] };
    const unknown = await client.post('manager', `/grant-applications/${application}/decision`, gone);
    expect(problemIn(unknown)).toEqual([422, 'refusal_unexplained']);
    expect((await shown(client, application)).state).toBe('recommended');
  });

  it('tells the family in the same step, with the last day to ask for a review', async () => {
    await declined(client, application);
    const { answers, reviewable } = await answersOf(client, application);
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({ what: 'declined', reviewBy: '2026-12-14' });
    expect(answers[0]!.notice.state).not.toBe('drafted');
    expect(answers[0]!.notice.facts).toMatchObject({
      ...{ kind: 'decision', outcome: 'declined', about: 'Two weeks of rent', reviewBy: '2026-12-14' },
      reasons: WHY_NOT.reason.split('\n'),
      elsewhere: [expect.stringContaining('Citizens Advice'), expect.stringContaining('Project 17')],
    });
    expect(reviewable?.id).toBe(answers[0]!.id);
  });
});

describe('A review', () => {
  let review: { reviewId: string; fingerprint: string };

  it('is asked for by a family over the telephone, with a day by which it is answered', async () => {
    review = await reviewInHand(client, application);
    const { reviews } = await answersOf(client, application);
    expect(reviews).toMatchObject([{ state: 'in_review', dueOn: '2026-11-30' }]);
    const again = await client.post('caseworker', `/grant-applications/${application}/reviews`, {});
    expect(problemIn(again)).toEqual([409, 'nothing_to_review']);
  });

  it('is not settled by whoever decided, nor without a word about their own interest', async () => {
    const outcome = { outcome: 'overturned', fingerprint: review.fingerprint, reason: 'The letter changes it.' };
    const own = await client.post('manager', `/grant-reviews/${review.reviewId}/outcome`, {
      ...outcome,
      ...NO_INTEREST,
    });
    expect(problemIn(own)).toEqual([403, 'had_a_part_in_the_decision']);
    const silent = await client.post('manager2', `/grant-reviews/${review.reviewId}/outcome`, outcome);
    expect(problemIn(silent)).toEqual([409, 'conflict_not_declared']);
    const worker = await client.post('caseworker', `/grant-reviews/${review.reviewId}/outcome`, outcome);
    expect(problemIn(worker)[0]).toBe(403);
  });

  it('overturns the refusal: the money is awarded and reserved, the family is told, the refusal stays on record', async () => {
    const outcome = { ...NO_INTEREST, outcome: 'overturned', fingerprint: review.fingerprint };
    const without = await client.post('manager2', `/grant-reviews/${review.reviewId}/outcome`, outcome);
    expect(problemIn(without)).toEqual([422, 'reason_needed']);
    const { body } = await client
      .post('manager2', `/grant-reviews/${review.reviewId}/outcome`, { ...outcome, reason: 'The letter changes it.' })
      .expect(200);
    expect(body).toMatchObject({ state: 'overturned', amount: '240.00' });
    const { state, award, ...rest } = await shown(client, application);
    expect([state, award!.amount, award!.instalments.length]).toEqual(['awarded', '240.00', 1]);
    expect((rest as unknown as { history: { to: string }[] }).history.map(({ to }) => to)).toEqual([
      ...['draft', 'submitted', 'recommended', 'declined', 'awarded'],
    ]);
    expect(await fundNamed(client)).toMatchObject({ available: '760.00', committed: '240.00' });
    const { answers, reviewable } = await answersOf(client, application);
    expect(answers.map(({ what }) => what)).toEqual(['declined', 'awarded']);
    expect(answers[1]!.notice.facts).toMatchObject({ kind: 'award', amount: '240.00', isReview: true });
    expect(reviewable).toBeNull();
  });

  it('upholds another refusal with reasons of its own, and says that it was looked at twice', async () => {
    const second = await recommended(client, family, [{ code: 'food', amount: '50.00' }]);
    await declined(client, second);
    const { reviewId, fingerprint } = await reviewInHand(client, second);
    const outcome = { ...NO_INTEREST, outcome: 'upheld', fingerprint, reason: 'Nothing has changed.' };
    const bare = await client.post('manager2', `/grant-reviews/${reviewId}/outcome`, outcome);
    expect(problemIn(bare)).toEqual([422, 'refusal_unexplained']);
    const { body } = await client.get('manager2', '/signposts').expect(200);
    const signposts = (body as { signposts: { id: string }[] }).signposts.map(({ id }) => id);
    const explained = { ...outcome, wouldChange: WHY_NOT.wouldChange, signposts };
    await client.post('manager2', `/grant-reviews/${reviewId}/outcome`, explained).expect(200);
    const { answers, reviewable } = await answersOf(client, second);
    expect(answers.map(({ what, reviewBy }) => [what, reviewBy])).toEqual([
      ['declined', '2026-12-14'],
      ['upheld', null],
    ]);
    expect(reviewable).toBeNull();
    expect((await shown(client, second)).state).toBe('declined');
  });

  it('is taken in after the last day by a worker who says why', async () => {
    const third = await recommended(client, family, [{ code: 'travel', amount: '30.00' }]);
    await declined(client, third);
    house.setToday('2026-12-15' as PlainDate);
    const late = await client.post('caseworker', `/grant-applications/${third}/reviews`, { words: 'We were away.' });
    expect(problemIn(late)).toEqual([409, 'review_asked_late']);
    const why = { words: 'We were away.', lateReason: 'The letter came back.' };
    await client.post('caseworker', `/grant-applications/${third}/reviews`, why).expect(201);
  });

  it('leaves books that prove themselves', async () => {
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });
});

describe('An award of less than was asked for', () => {
  let less: string;
  it('tells the family why, and that it may ask for a review', async () => {
    const some = await recommended(client, await knownFamily(house, 'G-2'), [{ code: 'bed', amount: '180.00' }]);
    const { fingerprint, items } = await shown(client, some);
    const awarded = [{ itemId: items[0]!.id, amount: '120.00' }];
    const decision = { ...NO_INTEREST, outcome: 'approved', fingerprint, awarded };
    const bare = await client.post('manager', `/grant-applications/${some}/decision`, decision);
    expect(problemIn(bare)).toEqual([422, 'refusal_unexplained']);
    const said = { ...decision, reason: 'A bed of this size costs £120.' };
    await client.post('manager', `/grant-applications/${some}/decision`, said).expect(200);
    const { answers, reviewable } = await answersOf(client, some);
    expect(answers[0]!.notice.facts).toMatchObject({
      ...{ kind: 'award', amount: '120.00', less: { asked: '180.00', reasons: ['A bed of this size costs £120.'] } },
    });
    expect(reviewable).not.toBeNull();
    less = some;
  });

  it('that is overturned puts the rest forward at once: nobody fills in anything, another manager decides', async () => {
    const { reviewId, fingerprint } = await reviewInHand(client, less);
    const outcome = {
      ...NO_INTEREST,
      outcome: 'overturned',
      fingerprint,
      reason: 'A smaller bed does not fit the child.',
    };
    const { body } = await client.post('manager2', `/grant-reviews/${reviewId}/outcome`, outcome).expect(200);
    const { topUpId } = body as { topUpId: string };
    const rest = await shown(client, topUpId);
    expect(rest).toMatchObject({ state: 'recommended', asked: '60.00' });
    const decide = async (as: 'manager' | 'manager2') => {
      const { fingerprint: seen } = await shown(client, topUpId);
      const decision = { ...NO_INTEREST, outcome: 'approved', fingerprint: seen, reason: '' };
      return client.post(as, `/grant-applications/${topUpId}/decision`, decision);
    };
    for (const { kind, outcome: found } of rest.checks)
      if (found === 'person')
        await client.post('manager2', `/grant-applications/${topUpId}/checks/${kind}`, { note: 'The same bed.' });
    expect(problemIn(await decide('manager2'))[0]).toBe(403);
    expect(problemIn(await decide('manager'))).toEqual([200, undefined]);
    expect((await shown(client, topUpId)).award?.amount).toBe('60.00');
    expect((await shown(client, less)).award?.amount).toBe('120.00');
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });
});
