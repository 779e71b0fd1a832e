import { stateHistory, type StateChange } from '../../audit/index.ts';
import { payeesOf, referencesOf } from '../../families/index.ts';
import { type FundPosition, positionOf } from '../../funds/index.ts';
import { Money } from '../../kernel/index.ts';
import { namesOf } from '../../identity/index.ts';
import { givenBackOf, type GivenBackRow, type ReachedPayment, reachedPayments } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { contentOf } from '../actions/put-forward.action.ts';
import { checkKinds } from '../domain/checks.ts';
import { totalAsked } from '../domain/grant-application.ts';
import { type ApplicationRow, readApplication } from '../store/application.store.ts';
import { awardOf, type AwardRow, type InstalmentRow, instalmentsOf, readAward } from '../store/award.store.ts';
import { type CheckRow, checksOf } from '../store/check.store.ts';
import { type ItemRow, itemsOf } from '../store/item.store.ts';
import { type SecondLook, secondLookAt } from '../store/second-look.store.ts';

/** An award with its instalments. */
export interface AwardDetail extends AwardRow {
  readonly instalments: readonly InstalmentRow[];
  /** Of an emergency: who looks again, and by when. */
  readonly secondLook: SecondLook | null;
  /** Its payments that were posted, each with what of it can still be given back. */
  readonly payments: readonly ReachedPayment[];
  readonly givenBack: readonly GivenBackRow[];
  /** What was paid, and what of that came back or is on its way back. */
  readonly sums: { readonly paid: string; readonly givenBack: string };
}

/** An application as the people who work on it see it. */
export interface ApplicationDetail extends ApplicationRow {
  readonly family: string;
  readonly items: readonly ItemRow[];
  readonly asked: string;
  /** Who is paid besides the family, by the number of their details. */
  readonly payees: Readonly<Record<string, string>>;
  /** What a decision is on, in hexadecimal. */
  readonly fingerprint: string;
  readonly checks: readonly CheckRow[];
  readonly fund: FundPosition;
  readonly award: AwardDetail | null;
  readonly people: Readonly<Record<string, string>>;
  readonly history: readonly StateChange[];
}

/** Shows one application with everything a decision rests on. The look is on record. @throws no_such_application */
export async function applicationDetail(tx: Transaction, id: string): Promise<ApplicationDetail> {
  const application = await readApplication(tx, id);
  const [items, found] = [await itemsOf(tx, [id]), await checksOf(tx, id)];
  const order = (check: CheckRow): number => (checkKinds as readonly string[]).indexOf(check.kind);
  const checks = found.toSorted((a, b) => order(a) - order(b));
  const history = await stateHistory(tx, 'application', id);
  const who = [...history.map((step) => step.actorId), ...checks.map((check) => check.resolvedBy)];
  const award = await awardDetailOf(tx, id);
  tx.audit({ action: 'grants.application-seen', subjectKind: 'application', subjectId: id });
  return {
    ...application,
    family: (await referencesOf(tx, [application.familyId])).get(application.familyId) ?? '',
    ...{ items, asked: totalAsked(items).toString(), checks, history },
    fingerprint: (await contentOf(tx, application)).fingerprint.toString('hex'),
    payees: Object.fromEntries((await payeesOf(tx, application.familyId)).map(({ id: of, name }) => [of, name])),
    fund: await positionOf(tx, application.fundId),
    award,
    people: Object.fromEntries(await namesOf(tx, [...who, application.openedBy, award?.secondLook?.lookedBy ?? null])),
  };
}

/** Shows one award. The look is on record. @throws no_such_award */
export async function awardDetail(tx: Transaction, id: string): Promise<AwardDetail> {
  const award = await readAward(tx, id);
  tx.audit({ action: 'grants.award-seen', subjectKind: 'award', subjectId: id });
  return withInstalments(tx, award);
}

async function awardDetailOf(tx: Transaction, applicationId: string): Promise<AwardDetail | null> {
  const award = await awardOf(tx, applicationId);
  return award ? withInstalments(tx, award) : null;
}

async function withInstalments(tx: Transaction, award: AwardRow): Promise<AwardDetail> {
  const secondLook = (await secondLookAt(tx, award.id)) ?? null;
  const instalments = await instalmentsOf(tx, award.id);
  const sources = instalments.map(({ id }) => id);
  const [payments, givenBack] = [await reachedPayments(tx, sources), await givenBackOf(tx, sources)];
  const sums = {
    paid: totalOf(payments),
    givenBack: totalOf(givenBack.filter(({ state }) => state === 'expected')),
  };
  return { ...award, instalments, secondLook, payments, givenBack, sums };
}

function totalOf(rows: readonly { readonly amount: string }[]): string {
  return Money.sum(rows.map(({ amount }) => Money.gbp(amount))).toString();
}
