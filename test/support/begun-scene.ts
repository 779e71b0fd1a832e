import { gzipSync } from 'node:zlib';
import type { FamilyPersona } from '../../src/demo/personas.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { holdCategories } from '../../src/payments/index.ts';
import { Drafts } from '../../src/platform/index.ts';
import { ProposePlanChange } from '../../src/subsistence/index.ts';
import { familyRows } from './caseload.ts';
import { familyFileOf } from './family-file-writer.ts';
import type { PageScene } from './page-scene.ts';
import type { TestHouse } from './test-house.ts';

const urgent = { reason: 'They left on that day.', apology: 'We are sorry to tell you so late.' };
const day = (text: string): PlainDate => text as PlainDate;

/** What people of the scene began: a change that waits, a payment about to be held, and answers kept until they go on. */
export async function whatPeopleBegan(
  house: TestHouse,
  family: Readonly<Record<FamilyPersona, string>>,
  pricedRun: string,
): Promise<Pick<PageScene, 'waitingPlanChange' | 'changedPlan'>> {
  const { app, council } = house;
  const arrears = await planOf(house, family['P-ARREARS']);
  const terms = { kind: 'top-up', from: day('2026-11-26'), to: null, weekly: '15.00', memberId: null } as const;
  const { changeId } = await app
    .get(ProposePlanChange)
    .run(council.actors.caseworker, arrears.id, arrears.version, { ...terms, reason: 'Winter clothes for three' });
  const changed = await planOf(house, family['P-WELFARE']);
  await keepAnswers(house, family['P-NO-BANK'], changed);
  await choosePayments(house, pricedRun);
  return { waitingPlanChange: { id: changeId, planId: arrears.id }, changedPlan: changed.id };
}

async function keepAnswers({ app, council }: TestHouse, familyId: string, changed: Plan): Promise<void> {
  const keep = (name: string, content: object): Promise<void> =>
    app.get(Drafts).keep(council.actors.caseworker, name, content);
  await keep(`plans/new/${familyId}`, {
    ...{ supportFrom: '2026-12-10', supportTo: null, standard: 'welfare', standardReason: 'A child with asthma' },
    ...{ topUps: [{ memberId: null, weekly: '12.50', reason: 'Travel to hospital' }], noMoreTopUps: true },
    ...{ override: null, frequencyDays: 14, payDay: 4, fundId: changed.fundId },
  });
  await keep(`plans/change/${changed.id}`, {
    terms: { kind: 'end', from: '2026-11-27', reason: 'The Home Office supports them now', urgent },
    form: {
      ...{ 'from-day': '26', 'from-month': '11', 'from-year': '2026', reason: 'The Home Office supports them now' },
      ...{ cannotWait: 'yes', urgentReason: urgent.reason, apology: urgent.apology },
    },
    ...{ planVersion: changed.version, inPlaceOf: null },
  });
  await keep('what-would-a-family-get', {
    people: [
      { who: 'adult', day: null },
      { who: 'child', day: '2025-12-20' },
      { who: 'expected', day: '2027-03-14' },
    ],
    topUps: [{ weekly: '12.50', reason: 'Travel to hospital' }],
    from: '2026-12-10',
  });
  await keep('families/import', {
    ...{ name: 'families.csv', packed: gzipSync(familyFileOf(familyRows('P-FILE'))).toString('base64') },
    would: { families: 1, members: 1, withoutBankDetails: 0, weeklyTotal: '49.18', dryRun: true },
  });
}

async function choosePayments({ app, council, superuser }: TestHouse, runId: string): Promise<void> {
  const { rows } = await superuser.query<{ id: string; seen: number }>(
    `select l.id, r.version as seen from payments.line l join payments.run r on r.id = l.run_id
      where r.id = $1 and l.status = 'payable' order by l.id limit 2`,
    [runId],
  );
  const chosen = { step: 'hold', lineIds: rows.map(({ id }) => id), seen: rows[0]?.seen };
  const why = { category: holdCategories[0], reason: 'The worker is on the way to see them.' };
  await app.get(Drafts).keep(council.actors.finance, `runs/${runId}/holds`, { ...chosen, ...why });
}

interface Plan {
  readonly id: string;
  readonly version: number;
  readonly fundId: string;
}

async function planOf({ superuser }: TestHouse, familyId: string): Promise<Plan> {
  const sql = `select id, version, fund_id as "fundId" from subsistence.plan where family_id = $1`;
  const { rows } = await superuser.query<Plan>(sql, [familyId]);
  if (!rows[0]) throw new Error(`family ${familyId} has no plan`);
  return rows[0];
}
