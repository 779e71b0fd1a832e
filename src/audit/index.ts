import { Module } from '@nestjs/common';
import { AuditTrail } from './audit-trail.ts';
import { AuditController } from './http/audit.controller.ts';

/** The audit trail: who did and who looked, chained so that it proves itself. */
@Module({ controllers: [AuditController], providers: [AuditTrail], exports: [AuditTrail] })
export class AuditModule {}

export { AuditTrail, type AuditEvent } from './audit-trail.ts';
export {
  actionsOnRecord,
  type AuditSearch,
  type ChainedEvent,
  chainedEvent,
  searchAudit,
  seeAudit,
  type Subject,
} from './search.view.ts';
export {
  askForVerification,
  type CheckDone,
  type CheckFound,
  isChecked,
  keepChecked,
  lastChecks,
  listVerifications,
  type Verification,
} from './verification.store.ts';
export { verifyAuditChain } from './verify-chain.view.ts';
export { stateHistory, type StateChange } from './state-history.view.ts';
export { type TimelineAsked, type TimelineEvent, timelineOf } from './timeline.view.ts';
