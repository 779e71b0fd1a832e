import { PersonaEvents } from '../../src/demo/persona-events.ts';
import { type FamilyPersona, personaRows } from '../../src/demo/personas.ts';
import { Money, type PlainDate } from '../../src/kernel/index.ts';
import { PayCalendarTick } from '../../src/payments/index.ts';
import { bankFilesScene, type BankFilesScene } from './bank-files-scene.ts';
import { administrationScene, type AdministrationScene } from './administration-scene.ts';
import { bankPagesScene, type BankPagesScene } from './bank-scene.ts';
import { approvalsScene, type ApprovalsScene } from './approvals-scene.ts';
import { FIRST_PAY_DATE, takeIn } from './caseload.ts';
import { familyPagesScene, type FamilyPagesScene } from './family-pages-scene.ts';
import { whatPeopleBegan } from './begun-scene.ts';
import { completeRun } from './complete-run.ts';
import { datesScene } from './dates-scene.ts';
import { expecting, halfFinished, leadNumbers } from './families-scene.ts';
import { grantsPageScene, type GrantsPageScene } from './grants-page-scene.ts';
import { moneyScene, type MoneyScene } from './money-scene.ts';
import { noticesPageScene, type NoticesPageScene } from './notices-page-scene.ts';
import { partnersPageScene, type PartnersPageScene } from './partners-page-scene.ts';
import { payDaysScene, type PayDaysScene } from './pay-days-scene.ts';
import { recoveryScene, type RecoveryScene } from './recovery-scene.ts';
import type { TestHouse } from './test-house.ts';
import { toldScene, type ToldScene } from './told-scene.ts';

/** A council in the middle of its work: two runs sent, one priced, an overpayment to decide, changes waiting. */
export interface PageScene
  extends BankFilesScene, GrantsPageScene, MoneyScene, FamilyPagesScene, PartnersPageScene, ToldScene, PayDaysScene {
  readonly house: TestHouse;
  /** Numbers of the families, by persona. */
  readonly family: Readonly<Record<FamilyPersona, string>>;
  /** Numbers of the people who lead them. */
  readonly lead: Readonly<Record<FamilyPersona, string>>;
  /** A note on the family with the baby, and the next baby it expects. */
  readonly note: string;
  readonly expectedBaby: string;
  readonly exportedRun: string;
  /** A run with lines held and things to look at. */
  readonly pricedRun: string;
  /** A payment that was sent. */
  readonly paidLine: string;
  /** A plan that waits for a manager, within the limit. */
  readonly waitingPlan: string;
  /** A plan that waits for somebody with a higher limit. */
  readonly planAboveLimit: string;
  readonly waitingBankDetails: string;
  /** A change of a plan that waits for a manager. */
  readonly waitingPlanChange: { readonly id: string; readonly planId: string };
  /** A plan with top-ups that somebody is about to change. */
  readonly changedPlan: string;
  /** A lower amount that is held until its family was told. */
  readonly fall: string;
  /** An overpayment nobody has decided about. */
  readonly overpayment: string;
  readonly recovery: RecoveryScene;
  readonly administration: AdministrationScene;
  readonly approvals: ApprovalsScene;
  readonly notices: NoticesPageScene;
  readonly bank: BankPagesScene;
}

const OVERPAYMENT = `select id from subsistence.overpayment where outcome is null order by id limit 1`;
const TERMS = { payDate: FIRST_PAY_DATE as PlainDate, payDay: 'thursday', planLimit: Money.gbp('1000.00') } as const;
const SECOND_PAY_DATE = '2026-12-03';
const THIRD_PAY_DATE = '2026-12-10';

/** Sets the scene: the personas taken in, two runs sent with changes written down between them, the next run priced. */
export async function pageScene(house: TestHouse): Promise<PageScene> {
  const { app, council } = house;
  const events = new PersonaEvents(app, council.actors, TERMS);
  await takeIn(app, council, personaRows(TERMS));
  const family = await familyNumbers(house);
  await completeRun(app, council, FIRST_PAY_DATE);
  house.setToday('2026-11-27' as PlainDate);
  await events.afterTheFirstRun();
  const exportedRun = await completeRun(app, council, SECOND_PAY_DATE);
  house.setToday('2026-12-04' as PlainDate);
  await events.afterTheSecondRun();
  const baby = await expecting(house, family['P-BABY']);
  await halfFinished(house, family['P-HELD']);
  const pricedRun = await completeRun(app, council, THIRD_PAY_DATE, 'priced');
  await events.inThePricedRun(pricedRun);
  await datesScene(house);
  await app.get(PayCalendarTick).tick(council.id);
  const [waitingPlan, planAboveLimit] = await proposedPlans(house);
  const begun = await whatPeopleBegan(house, family, pricedRun);
  // Before families open their own pages: whatever is written of their ways closes them.
  const grants = await grantsPageScene(house, family['P-WELFARE'], [family['P-BABY'], family['P-ARREARS']]);
  const proposed = `select id from families.instrument where state = 'proposed' and family_id = $1`;
  // Before families come in: a way that is no longer safe closes their pages.
  const notices = await noticesPageScene(house, [family['P-BABY'], family['P-ARREARS'], family['P-WELFARE']]);
  const familyPages = await familyPagesScene(house, family);
  return {
    ...{ house, family, lead: await leadNumbers(house), ...baby, ...(await toldScene(house, family)) },
    ...{ ...familyPages, ...grants, ...(await partnersPageScene(house, family['P-WELFARE'], grants, familyPages)) },
    ...{ exportedRun, pricedRun, waitingPlan, planAboveLimit, ...(await moneyScene(house)), ...begun },
    ...{ ...(await payDaysScene(house)), ...(await bankFilesScene(house)) },
    paidLine: await lineOf(house, exportedRun, family['P-WELFARE']),
    waitingBankDetails: await numberOf(house, proposed, [family['P-BABY']]),
    administration: await administrationScene(house),
    approvals: await approvalsScene(house),
    notices,
    bank: await bankPagesScene(house),
    fall: await numberOf(house, `select id from subsistence.fall order by id limit 1`),
    overpayment: await numberOf(house, OVERPAYMENT),
    recovery: await recoveryScene(house, await numberOf(house, OVERPAYMENT)),
  };
}

async function familyNumbers({ superuser, council }: TestHouse): Promise<Record<FamilyPersona, string>> {
  const { rows } = await superuser.query<{ id: string; reference: FamilyPersona }>(
    `select id, reference from families.family where authority_id = $1`,
    [council.id],
  );
  return Object.fromEntries(rows.map(({ id, reference }) => [reference, id])) as Record<FamilyPersona, string>;
}

async function proposedPlans({ superuser, council }: TestHouse): Promise<[string, string]> {
  const { rows } = await superuser.query<{ id: string }>(
    `select id from subsistence.plan where state = 'proposed' and authority_id = $1 order by id`,
    [council.id],
  );
  return [rows[0]?.id ?? '', rows[1]?.id ?? ''];
}

function lineOf(house: TestHouse, runId: string, familyId: string): Promise<string> {
  const sql = `select id from payments.line where run_id = $1 and family_id = $2 and status <> 'void'`;
  return numberOf(house, sql, [runId, familyId]);
}

async function numberOf({ superuser }: TestHouse, sql: string, values: readonly unknown[] = []): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(sql, [...values]);
  if (!rows[0]) throw new Error(`nothing in the scene for: ${sql}`);
  return rows[0].id;
}
