import { ChangeMembers, DecideBankDetails, ProposeBankDetails } from '../../src/families/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { DecideRun, ReleaseRun, SubmitRun } from '../../src/payments/index.ts';
import { PriceRun } from '../../src/subsistence/index.ts';
import { child, familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { testHouse, type TestHouse, TODAY } from '../support/test-house.ts';

const day = (text: string): PlainDate => text as PlainDate;

describe('A run that was priced before something was written down', () => {
  let house: TestHouse;
  let runId: string;
  const familyOf = async (reference: string): Promise<string> =>
    (await house.superuser.query<{ id: string }>(`select id from families.family where reference = $1`, [reference]))
      .rows[0]?.id ?? '';
  const submit = (options: { asPriced?: boolean } = {}) =>
    house.app.get(SubmitRun).run(house.council.actors.finance, runId, options);
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code?: string; items?: readonly { reason: string }[] }) => [
        error.code,
        ...(error.items ?? []).map((each) => each.reason),
      ],
    );
  const priceAgain = async (): Promise<void> => {
    await house.app.get(PriceRun).run(house.council.actors.finance, runId);
    await workOff(house.app, house.council.id);
  };

  beforeAll(async () => {
    house = await testHouse();
    await takeIn(house.app, house.council, [...familyRows('STAYS'), ...familyRows('GROWS', {}, child('2019-03-03'))]);
    runId = await completeRun(house.app, house.council, FIRST_PAY_DATE, 'priced');
  });
  afterAll(() => house.close());

  it('is sent back to be priced again when a household changed, and names the family', async () => {
    const joined = {
      relationship: 'child',
      name: 'New',
      born: day('2024-01-01'),
      joinedOn: day('2026-11-10'),
    } as const;
    await house.app.get(ChangeMembers).add(house.council.actors.caseworker, await familyOf('GROWS'), joined);
    expect(await refusal(submit())).toEqual(['run_out_of_date', 'Family GROWS']);
    await priceAgain();
    expect(await refusal(submit({}))).toBe('done');
  });

  it('is out of date when a plan of its pay day was approved since', async () => {
    await takeIn(house.app, house.council, familyRows('COMES'));
    const { rows } = await house.superuser.query<{ fingerprint: string }>(
      `select encode(fingerprint, 'hex') as fingerprint from payments.run where id = $1`,
      [runId],
    );
    const fingerprint = rows[0]?.fingerprint ?? '';
    await house.app
      .get(DecideRun)
      .run(house.council.actors.manager, runId, { outcome: 'sent_back', fingerprint, reason: 'One is missing' });
    expect(await refusal(submit())).toEqual(['run_out_of_date', 'Family COMES']);
  });

  it('may be sent as it was priced by somebody who knows', async () => {
    const { payments, fingerprint } = await submit({ asPriced: true });
    expect(payments).toBe(2);
    await house.app
      .get(DecideRun)
      .run(house.council.actors.manager, runId, { outcome: 'approved', fingerprint, reason: '' });
  });

  it('is not released to an account that was replaced since', async () => {
    const { actors } = house.council;
    const account = { sortCode: '000015', accountNumber: '12345678', accountName: 'Lead STAYS' };
    const { bankDetailsId } = await house.app
      .get(ProposeBankDetails)
      .run(actors.caseworker, await familyOf('STAYS'), account);
    const { usableFrom } = await house.app.get(DecideBankDetails).run(actors.manager, bankDetailsId, 'approve');
    house.setToday(usableFrom as PlainDate);
    expect(await refusal(house.app.get(ReleaseRun).run(actors.releaser, runId))).toEqual([
      'bank_details_changed',
      'Family STAYS',
    ]);
    house.setToday(TODAY);
    expect(await refusal(house.app.get(ReleaseRun).run(actors.releaser, runId))).toBe('done');
  });

  it('lets nobody say that a fact is older than it is', async () => {
    await house.superuser.query(`update families.member set changed_in = '3' where family_id = $1`, [
      await familyOf('STAYS'),
    ]);
    const { rows } = await house.superuser.query<{ n: number }>(
      `select count(*)::int as n from families.member where changed_in = '3'`,
    );
    expect(rows[0]?.n).toBe(0);
  });
});
