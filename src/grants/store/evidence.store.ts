import type { Transaction } from '../../platform/index.ts';
import type { EvidenceType } from '../domain/evidence-file.ts';

/** What a file belongs to. */
export type EvidenceOf = { readonly applicationId: string } | { readonly referralId: string };

/** A file as it is listed; its bytes stay sealed. */
export interface EvidenceRow {
  readonly id: string;
  readonly applicationId: string | null;
  readonly referralId: string | null;
  readonly name: string;
  readonly mediaType: EvidenceType;
  /** In bytes. */
  readonly size: number;
  readonly addedBy: string;
  readonly addedAt: Date;
}

const EVIDENCE = `e.id, e.application_id as "applicationId", e.referral_id as "referralId", e.name, e.media_type as "mediaType", e.size,
  e.added_by as "addedBy", e.added_at as "addedAt"`;

/** Keeps a file, sealed. @returns its number */
export async function insertEvidence(
  tx: Transaction,
  of: EvidenceOf,
  file: Pick<EvidenceRow, 'name' | 'mediaType' | 'size'> & { readonly sha256: Buffer; readonly sealed: Buffer },
): Promise<string> {
  const [applicationId, referralId] = 'applicationId' in of ? [of.applicationId, null] : [null, of.referralId];
  const { id } = await tx.one<{ id: string }>(
    `insert into grants.evidence (authority_id, application_id, referral_id, name, media_type, size, sha256, sealed, added_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [
      ...[tx.actor.authorityId, applicationId, referralId, file.name, file.mediaType, file.size],
      ...[file.sha256, file.sealed, tx.actor.userId],
    ],
  );
  return id;
}

/** Lists the files of an application, those that came with its referral first; or of a referral. */
export function evidenceOf(tx: Transaction, of: EvidenceOf): Promise<EvidenceRow[]> {
  const [applicationId, referralId] = 'applicationId' in of ? [of.applicationId, null] : [null, of.referralId];
  return tx.query(
    `select ${EVIDENCE} from grants.evidence e
      where e.application_id = $1 or e.referral_id = $2 or e.referral_id in (select r.id from grants.referral r where r.application_id = $1)
      order by e.referral_id nulls last, e.id`,
    [applicationId, referralId],
  );
}

/** Reads one file, sealed as it is kept; a partner finds those of their own agency's referrals only. */
export function readEvidence(
  tx: Transaction,
  id: string,
): Promise<(EvidenceRow & { readonly sealed: Buffer; readonly sha256: Buffer }) | undefined> {
  return tx.maybe(`select ${EVIDENCE}, e.sealed, e.sha256 from grants.evidence e where e.id = $1`, [id]);
}
