import { ownProposalToSetUp, proposalWaits } from '../identity/index.ts';
import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

export const noSuchRecovery = defineProblem('no_such_recovery', {
  status: 404,
  title: 'There is no such recovery here',
  whatToDo: 'Look at the overpayment: what was agreed about it is listed there.',
});
export const recoveryRefused = defineProblem('recovery_refused', {
  status: 422,
  title: 'This recovery cannot be proposed as it stands',
  whatToDo: 'Correct each place named below. Nothing was changed, and the family was told nothing.',
});
export const recoveryWaiting = defineProblem('recovery_already_open', {
  status: 409,
  title: 'The family pays back one overpayment at a time',
  whatToDo: 'Wait until the other recovery is over, or pause it or take it back first.',
});
export const nothingToRecover = defineProblem('nothing_to_recover', {
  status: 409,
  title: 'Nothing of this overpayment can be recovered',
  whatToDo: 'Look at the overpayment: it is settled, was given up, or is recovered already.',
});
export const noRecoveryFloor = defineProblem('no_recovery_floor', {
  status: 409,
  title: 'Nobody has set what always stays with a family',
  whatToDo:
    'An administrator proposes the floor and a second person agrees, under Administration. Then recovery can be agreed.',
});
export const recoveryIsAgreedFirst = defineProblem('recovery_is_agreed_first', {
  status: 409,
  title: 'Recovery is agreed with the family first',
  whatToDo: 'Open the overpayment and write down what the family agreed to. A second person then approves that.',
});
export const recoveryChanged = defineProblem('recovery_line_out_of_date', {
  status: 409,
  title: 'A payment in this run is smaller than it may be now',
  whatToDo: 'The recovery, or the floor, changed after the run was priced. Price the run again.',
});

whenConstraintBreaks('uq_recovery_one_at_a_time', () => recoveryWaiting('Another recovery of this family is open.'));
for (const guard of [
  'guard_line_recovers_what_was_agreed',
  'guard_recovery_leaves_the_floor',
  'guard_recovery_takes_no_more_than_was_overpaid',
])
  whenConstraintBreaks(guard, () => recoveryChanged('What is kept back does not fit what was agreed.'));
whenConstraintBreaks('guard_recovery_waits_undecided', () =>
  recoveryWaiting('A recovery of this overpayment waits for its second person: it is taken back first.'),
);
whenConstraintBreaks('uq_recovery_floor_one_open', () => proposalWaits('One proposal at a time.'));
whenConstraintBreaks('ck_recovery_floor_needs_two_people', () => ownProposalToSetUp('Two people are needed.'));
