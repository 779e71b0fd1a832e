import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/index.ts';
import { OutboxModule } from '../outbox/index.ts';
import { AgreeSignatures } from './actions/agree-signatures.action.ts';
import { CloseApprovals } from './actions/close-approvals.action.ts';
import { DeclareConflict } from './actions/declare-conflict.action.ts';
import { NameStandIn } from './actions/name-stand-in.action.ts';
import { ApprovalRulesController } from './http/approval-rules.controller.ts';
import { ApprovalsController } from './http/approvals.controller.ts';
import { StandInsController } from './http/stand-ins.controller.ts';
import { OverdueTick } from './jobs/overdue.tick.ts';

const services = [AgreeSignatures, CloseApprovals, DeclareConflict, NameStandIn, OverdueTick];

/** Four eyes, or more, over whatever the rooms above put forward. */
@Module({
  imports: [CalendarModule, OutboxModule],
  controllers: [ApprovalsController, ApprovalRulesController, StandInsController],
  providers: services,
  exports: services,
})
export class ApprovalsModule {}

export { AgreeSignatures, type NewPolicy } from './actions/agree-signatures.action.ts';
export { CloseApprovals, type NewFreeze } from './actions/close-approvals.action.ts';
export { decide, decideMany, type Decision, type DecisionsTaken } from './actions/decide.action.ts';
export { type Declaration, DeclareConflict, declareConflict } from './actions/declare-conflict.action.ts';
export { NameStandIn, type NewStandIn } from './actions/name-stand-in.action.ts';
export { propose, proposeMany, type Proposal } from './actions/propose.action.ts';
export { actInApprovals, seeApprovalRules, seeApprovals } from './actions/see-approvals.ts';
export { voidOpenRequests, voidRequest } from './actions/void-request.action.ts';
export * from './approval-problems.ts';
export * from './approval-rule-problems.ts';
export { type ApprovalCommand, type ApprovalState, approvalStates } from './approval.states.ts';
export { declaration } from './domain/declaration.ts';
export type { KindRules } from './domain/target-days.ts';
export type { Step } from './domain/ways-to-sign.ts';
export { OverdueTick } from './jobs/overdue.tick.ts';
export { closedToday, type Freeze, listFreezes } from './views/freezes.view.ts';
export { approvalKinds } from './views/kinds.view.ts';
export { hasDeclaredNone } from './views/declared.view.ts';
export { type Outlook, outlookOn } from './views/outlook.view.ts';
export { listPolicies, type Policy, policyById, type Signer, signerRoles } from './views/policies.view.ts';
export { type RequestDetail, requestDetail, type StepShown } from './views/request-detail.view.ts';
export {
  type ApprovalRequest,
  type Decided,
  decisionsOn,
  openRequests,
  type PutForward,
  requestNumbersAbout,
  requestsAbout,
  subjectsOf,
} from './views/request.view.ts';
export { listStandIns, type StandInShown } from './views/stand-ins.view.ts';
export { overdueCounted, type WaitingApproval, waitingApprovals } from './views/waiting.view.ts';
export { type NamedWay, waysOf } from './views/ways.view.ts';
export { whoCanSign } from './views/who-can.view.ts';
