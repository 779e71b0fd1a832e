import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Transaction, UnitOfWork } from '../platform/index.ts';

/** One thing somebody did or looked at, as the auditor reads it. */
export interface AuditEvent {
  readonly seq: string;
  readonly at: Date;
  readonly actorId: string | null;
  readonly channel: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly detail: Record<string, unknown>;
}

/** Writes what each transaction noted, last thing before its commit; the database chains it. */
@Injectable()
export class AuditTrail implements OnModuleInit {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  onModuleInit(): void {
    this.unitOfWork.beforeCommit(async (tx) => {
      if (tx.audits.length === 0) return;
      const entries = tx.audits.map(({ detail = {}, ...entry }) => ({ ...entry, detail }));
      await tx.query(
        `insert into audit.event (authority_id, seq, at, channel, action, subject_kind, subject_id, detail, prev_hash, hash)
         select $1, 0, now(), '', e.action, e."subjectKind", e."subjectId", e.detail, '', ''
           from rows from (jsonb_to_recordset($2::jsonb) as (action text, "subjectKind" text, "subjectId" text, detail jsonb))
                with ordinality as e(action, "subjectKind", "subjectId", detail, ord) order by e.ord`,
        [tx.actor.authorityId, JSON.stringify(entries)],
      );
    });
  }

  /** Lists what happened to one subject, newest first, for an auditor. */
  about(tx: Transaction, subjectKind: string, subjectId: string, limit = 200): Promise<AuditEvent[]> {
    return tx.query(
      `select seq, at, actor_id as "actorId", channel, action, subject_kind as "subjectKind", subject_id as "subjectId", detail
         from audit.event where subject_kind = $1 and subject_id = $2 order by seq desc limit $3`,
      [subjectKind, subjectId, limit],
    );
  }
}
