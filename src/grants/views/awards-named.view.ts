import { referencesOf } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** The award an approval is of: money is reserved under the approval's number. */
export interface AwardNamed {
  readonly approvalId: string;
  readonly applicationId: string;
  readonly familyId: string;
  readonly family: string;
}

/** Says which awards some approvals are of, for whoever names the documents of transfers. */
export async function awardsOfApprovals(
  tx: Transaction,
  approvalIds: readonly string[],
): Promise<Map<string, AwardNamed>> {
  const rows = await tx.query<Omit<AwardNamed, 'family'>>(
    `select approval_id as "approvalId", application_id as "applicationId", family_id as "familyId"
       from grants.award where approval_id = any ($1::bigint[])`,
    [approvalIds],
  );
  const references = await referencesOf(
    tx,
    rows.map((row) => row.familyId),
  );
  return new Map(rows.map((row) => [row.approvalId, { ...row, family: references.get(row.familyId) ?? '' }]));
}
