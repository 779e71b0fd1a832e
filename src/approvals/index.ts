export { decide, decideMany, type Decision, type DecisionsTaken } from './actions/decide.action.ts';
export { declareConflict, type Declaration } from './actions/declare-conflict.action.ts';
export { propose, proposeMany, type Proposal } from './actions/propose.action.ts';
export { voidRequest } from './actions/void-request.action.ts';
export * from './approval-problems.ts';
export * from './approval-rule-problems.ts';
export { type ApprovalCommand, type ApprovalState, approvalStates } from './approval.states.ts';
export type { Step } from './domain/ways-to-sign.ts';
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
export { type Outlook, outlookOn } from './views/outlook.view.ts';
export { whoCanSign } from './views/who-can.view.ts';
