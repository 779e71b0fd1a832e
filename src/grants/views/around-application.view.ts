import { agencyNames, namesOf } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { readApplication } from '../store/application.store.ts';
import { evidenceOf, type EvidenceRow } from '../store/evidence.store.ts';
import { type FamilyRequestRow, requestOfApplication } from '../store/family-request.store.ts';
import { type ConferenceRow, conferencesOf, type FollowUpRow, followUpsOf } from '../store/follow-up.store.ts';
import { referralOfApplication, type ReferralRow } from '../store/referral.store.ts';

/** What stands around an application: who asked, its files, what others recommended, what is asked afterwards. */
export interface AroundApplication {
  readonly referral: (ReferralRow & { readonly agency: string }) | null;
  readonly request: FamilyRequestRow | null;
  readonly evidence: readonly EvidenceRow[];
  readonly conferences: readonly ConferenceRow[];
  readonly followUps: readonly FollowUpRow[];
  readonly names: Readonly<Record<string, string>>;
}

/** Shows what stands around an application that exists; the look is on record. @throws no_such_application */
export async function lookAround(tx: Transaction, applicationId: string): Promise<AroundApplication> {
  await readApplication(tx, applicationId);
  tx.audit({ action: 'grants.application-seen', subjectKind: 'application', subjectId: applicationId });
  return aroundApplication(tx, applicationId);
}

/** Shows a worker what stands around an application. */
export async function aroundApplication(tx: Transaction, applicationId: string): Promise<AroundApplication> {
  const referral = await referralOfApplication(tx, applicationId);
  const [evidence, conferences] = [await evidenceOf(tx, { applicationId }), await conferencesOf(tx, applicationId)];
  const followUps = await followUpsOf(tx, applicationId);
  const agencies = referral ? await agencyNames(tx, [referral.agencyId]) : new Map<string, string>();
  const names = await namesOf(tx, [
    ...[...evidence.map((each) => each.addedBy), ...conferences.map((each) => each.recordedBy)],
    ...followUps.map((each) => each.doneBy),
  ]);
  return {
    referral: referral ? { ...referral, agency: agencies.get(referral.agencyId) ?? '' } : null,
    request: (await requestOfApplication(tx, applicationId)) ?? null,
    ...{ evidence, conferences, followUps, names: Object.fromEntries(names) },
  };
}
