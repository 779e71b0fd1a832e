import { familiesMaybeSame, type MaybeSameFamily, referencesOf } from '../../families/index.ts';
import { agencyNames } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { evidenceOf, type EvidenceRow } from '../store/evidence.store.ts';
import { type FamilyRequestRow, familyRequestsListed } from '../store/family-request.store.ts';
import { readReferral, type ReferralRow, referralsListed } from '../store/referral.store.ts';

/** A referral as its own agency follows it: what they sent and how far it is, in plain words. */
export interface OwnReferral {
  readonly id: string;
  readonly leadName: string;
  readonly receivedOn: PlainDate;
  readonly progress: 'received' | 'looked-at' | 'decided';
  /** How it ended, only where the family agreed that the agency hears. */
  readonly outcome: 'helped' | 'not-helped' | null;
}

/** Says for an agency how far a referral is: no amounts, no reasons, and how it ended only with the family's consent. */
export function asOwnReferral(row: ReferralRow): OwnReferral {
  const progress = ({ received: 'received', taken_up: 'looked-at', decided: 'decided', closed: 'decided' } as const)[
    row.state
  ];
  const ended = row.hearsOutcome ? (row.state === 'closed' ? 'closed' : row.outcome) : null;
  const outcome = ended === null ? null : ended === 'awarded' ? 'helped' : 'not-helped';
  return { id: row.id, leadName: row.leadName, receivedOn: row.receivedOn, progress, outcome };
}

/** Lists the referrals of the agency somebody is of, the newest first. */
export async function ownReferrals(
  tx: Transaction,
  asked: { readonly before?: string; readonly limit: number },
): Promise<OwnReferral[]> {
  return (await referralsListed(tx, asked)).map(asOwnReferral);
}

/** Shows an agency one of its referrals: as it was sent, how far it is, its files. The look is on record. @throws no_such_referral */
export async function ownReferral(
  tx: Transaction,
  id: string,
): Promise<{ own: OwnReferral; sent: ReferralRow; evidence: EvidenceRow[] }> {
  const sent = await readReferral(tx, id);
  tx.audit({ action: 'grants.referral-seen', subjectKind: 'referral', subjectId: id });
  return { own: asOwnReferral(sent), sent, evidence: await evidenceOf(tx, { referralId: id }) };
}

/** A referral as the worker who may take it up sees it. */
export interface ReferralDetail extends ReferralRow {
  readonly agency: string;
  readonly evidence: readonly EvidenceRow[];
  /** Families it may be about. */
  readonly alike: readonly MaybeSameFamily[];
}

/** Shows a worker a referral with the families it may be about. The look is on record. @throws no_such_referral */
export async function referralDetail(tx: Transaction, id: string): Promise<ReferralDetail> {
  const row = await readReferral(tx, id);
  tx.audit({ action: 'grants.referral-seen', subjectKind: 'referral', subjectId: id });
  return {
    ...row,
    agency: (await agencyNames(tx, [row.agencyId])).get(row.agencyId) ?? '',
    evidence: await evidenceOf(tx, { referralId: id }),
    alike: await familiesMaybeSame(tx, { name: row.leadName, born: row.born, postcode: row.postcode }),
  };
}

/** What waits to be taken up: referrals of agencies, and what families asked for. */
export interface AskedFor {
  readonly referrals: readonly (ReferralRow & { readonly agency: string })[];
  readonly requests: readonly (FamilyRequestRow & { readonly family: string })[];
}

/** Lists for workers what waits to be taken up, the oldest first. */
export async function askedFor(tx: Transaction, limit: number): Promise<AskedFor> {
  const referrals = await referralsListed(tx, { state: 'received', limit });
  const requests = await familyRequestsListed(tx, { state: 'open', limit });
  const agencies = await agencyNames(
    tx,
    referrals.map((row) => row.agencyId),
  );
  const families = await referencesOf(
    tx,
    requests.map((row) => row.familyId),
  );
  return {
    referrals: referrals.toReversed().map((row) => ({ ...row, agency: agencies.get(row.agencyId) ?? '' })),
    requests: requests.map((row) => ({ ...row, family: families.get(row.familyId) ?? '' })),
  };
}
