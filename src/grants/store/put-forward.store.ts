import type { Transaction } from '../../platform/index.ts';
import type { ApplicationContent } from '../domain/grant-application.ts';

/** Keeps what is put forward, under its fingerprint. */
export async function keepPutForward(
  tx: Transaction,
  applicationId: string,
  fingerprint: Buffer,
  content: ApplicationContent,
): Promise<void> {
  await tx.query(
    `insert into grants.put_forward (application_id, authority_id, fingerprint, content) values ($1, $2, $3, $4)
     on conflict on constraint pk_put_forward do nothing`,
    [applicationId, tx.actor.authorityId, fingerprint, JSON.stringify(content)],
  );
}

/** Finds what was put forward under a fingerprint. */
export async function putForwardAs(
  tx: Transaction,
  applicationId: string,
  fingerprint: Buffer,
): Promise<ApplicationContent | undefined> {
  const row = await tx.maybe<{ content: ApplicationContent }>(
    `select content from grants.put_forward where application_id = $1 and fingerprint = $2`,
    [applicationId, fingerprint],
  );
  return row?.content;
}
