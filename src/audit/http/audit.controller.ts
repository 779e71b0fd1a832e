import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, day, number, Route, UnitOfWork } from '../../platform/index.ts';
import type { AuditEvent } from '../audit-trail.ts';
import { type ChainedEvent, chainedEvent, searchAudit, seeAudit } from '../search.view.ts';

const id = z.string().regex(/^\d{1,18}$/, 'Use a number.');
const searching = z.object({
  subjectKind: z.string().max(40).optional(),
  subjectId: id.optional(),
  person: id.optional(),
  action: z.string().max(80).optional(),
  from: day.optional(),
  to: day.optional(),
  before: id.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** The audit trail over HTTP. A search is itself on record. */
@Controller()
export class AuditController {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/audit', summary: 'Search the audit trail, the newest first' },
    ...{ allowed: seeAudit, query: searching },
  })
  search(@AskedBy() asked: Asked): Promise<{ events: AuditEvent[]; next: string | null }> {
    const { subjectKind, subjectId, person, before, limit, ...rest } = asked.query as z.output<typeof searching>;
    const subjects = subjectKind && subjectId ? [{ kind: subjectKind, id: subjectId }] : undefined;
    return this.unitOfWork.run({ name: 'audit.search', actor: asked.actor }, async (tx) => {
      const events = await searchAudit(tx, { subjects, actorId: person, ...rest }, before ?? null, limit);
      tx.audit({ action: 'audit.searched', subjectKind: subjectKind ?? 'audit', subjectId: subjectId ?? '' });
      return { events, next: events.length === limit ? (events.at(-1)?.seq ?? null) : null };
    });
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/audit/:seq', summary: 'One event and its place in the chain' },
    allowed: seeAudit,
  })
  event(@AskedBy() asked: Asked, @Param('seq') seq: string): Promise<ChainedEvent> {
    return this.unitOfWork.read(asked.actor, (tx) => chainedEvent(tx, number(seq)));
  }
}
