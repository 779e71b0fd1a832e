import {
  familiesAtSamePostcode,
  familiesWithSameAccount,
  familyReach,
  instrumentsOn,
  payeesOf,
  SAFE_FOR_DAYS,
} from '../../families/index.ts';
import { readFundRules } from '../../funds/index.ts';
import { teamOf } from '../../identity/index.ts';
import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type CheckFacts, type CheckFound, checkApplication } from '../domain/checks.ts';
import { brokenRules } from '../domain/fund-rules.ts';
import { totalAsked } from '../domain/grant-application.ts';
import type { ApplicationRow } from '../store/application.store.ts';
import { earlierGrants, helpedLately } from '../store/earlier.store.ts';
import { writeChecks } from '../store/check.store.ts';
import { familyYear } from '../views/due.view.ts';
import { type ItemRow, itemsOf } from '../store/item.store.ts';

/** Works every check of an application out as things stand now, and keeps what they found. */
export async function runChecks(tx: Transaction, application: ApplicationRow): Promise<CheckFound[]> {
  const items = await itemsOf(tx, [application.id]);
  const found = checkApplication(application, items, await checkFacts(tx, application, items));
  await writeChecks(tx, application.id, found);
  return found;
}

async function checkFacts(
  tx: Transaction,
  application: ApplicationRow,
  items: readonly ItemRow[],
): Promise<CheckFacts> {
  const { familyId } = application;
  const categories = [...new Set(items.map((item) => item.category))];
  const nearby = await familiesAtSamePostcode(tx, familyId);
  const helped = await helpedLately(
    tx,
    nearby.map((family) => family.id),
    categories,
  );
  return {
    today: tx.today,
    payeesNotVerified: await payeesNotVerified(tx, familyId, items),
    sameAccount: (await familiesWithSameAccount(tx, familyId)).map((family) => family.reference),
    samePostcode: nearby.filter((family) => helped.has(family.id)).map((family) => family.reference),
    safeCheckedOn: (await familyReach(tx, [familyId])).get(familyId)?.safeCheckedOn ?? null,
    safeForDays: SAFE_FOR_DAYS,
    before: await earlierGrants(tx, familyId, application.id),
    fund: await fundFacts(tx, application, items),
  };
}

async function fundFacts(
  tx: Transaction,
  application: ApplicationRow,
  items: readonly ItemRow[],
): Promise<CheckFacts['fund']> {
  const rules = await readFundRules(tx, application.fundId);
  const broken = brokenRules(rules, {
    categories: [...new Set(items.map((item) => item.category))],
    ...{ amount: totalAsked(items), isEmergency: application.emergencyReason !== null },
    thisYear: Money.gbp((await familyYear(tx, application.familyId, application.fundId)).awarded),
    team: await teamOf(tx, application.recommendedBy ?? tx.actor.userId),
  });
  return { id: rules.id, coolingOffDays: application.topsUp === null ? rules.coolingOffDays : 0, broken };
}

async function payeesNotVerified(tx: Transaction, familyId: string, items: readonly ItemRow[]): Promise<string[]> {
  const payees = new Map((await payeesOf(tx, familyId)).map((payee) => [payee.id, payee]));
  const others = items.flatMap(({ instrumentId }) => (instrumentId ? [instrumentId] : []));
  const unverified = [...new Set(others)].filter((id) => payees.get(id)?.state !== 'approved');
  const own = items.some((item) => item.instrumentId === null);
  const hasAccount = (await instrumentsOn(tx, [familyId], tx.today)).has(familyId);
  return [
    ...(own && !hasAccount ? ['the family’s own account'] : []),
    ...unverified.map((id) => payees.get(id)?.name ?? 'a payee that was refused'),
  ];
}
