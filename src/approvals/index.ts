export { decide, decideMany, type Decision, voidRequest } from './actions/decide.action.ts';
export { propose, proposeMany, type Proposal } from './actions/propose.action.ts';
export * from './approval-problems.ts';
export { type ApprovalCommand, type ApprovalState, approvalStates } from './approval.states.ts';
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
