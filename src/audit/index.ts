import { Module } from '@nestjs/common';
import { AuditTrail } from './audit-trail.ts';

/** The audit trail: who did and who looked, chained so that it proves itself. */
@Module({ providers: [AuditTrail], exports: [AuditTrail] })
export class AuditModule {}

export { AuditTrail, type AuditEvent } from './audit-trail.ts';
export { verifyAuditChain } from './verify-chain.view.ts';
export { stateHistory, type StateChange } from './state-history.view.ts';
export { type TimelineAsked, type TimelineEvent, timelineOf } from './timeline.view.ts';
