import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

export const noSuchRun = defineProblem('no_such_run', {
  status: 404,
  title: 'There is no such run here',
  whatToDo: 'Use the number of a run of this council; GET /api/v1/runs lists them.',
});
export const noSuchLine = defineProblem('no_such_line', {
  status: 404,
  title: 'There is no such payment here',
  whatToDo: 'Look at the family or the run again and use a payment shown there.',
});
export const runOpenedTwice = defineProblem('run_opened_twice', {
  status: 409,
  title: 'There is already a run for that pay date',
  whatToDo: 'Use the run that is there, or cancel it first if it has not been posted.',
});
export const notAPayDate = defineProblem('not_a_pay_date', {
  status: 422,
  title: 'Runs are for a Monday to Friday of the past year or the coming weeks',
  whatToDo: 'Give the nominal pay day. When it is a bank holiday the money goes out early by itself.',
});
export const tooFarAhead = defineProblem('too_far_ahead', {
  status: 422,
  title: 'That is further ahead than the bank takes files',
  whatToDo: 'Open the run nearer the day: a Bacs file may be lodged at most 30 days ahead.',
});
export const noOriginator = defineProblem('no_originator', {
  status: 409,
  title: 'The council has not said how it pays',
  whatToDo:
    'An administrator proposes a paying account at /administration/pay-days; or use "npm run cli -- set-originator".',
});
export const nothingToPay = defineProblem('nothing_to_pay', {
  status: 409,
  title: 'No line of this run is payable',
  whatToDo: 'Look at the held lines and their reasons, or cancel the run.',
});
export const runOutOfDate = defineProblem('run_out_of_date', {
  status: 409,
  title: 'Something changed since this run was priced',
  whatToDo:
    'Price the run again and look at it once more; or send it as it is, knowing that the changes wait for the next run.',
});
export const bankDetailsChanged = defineProblem('bank_details_changed', {
  status: 409,
  title: 'Some families have other bank details now',
  whatToDo:
    'Hold the lines of these families, price the run again and have it approved: nothing goes to an account that was replaced.',
});
export const threePeople = defineProblem('three_people_needed', {
  status: 403,
  title: 'Proposing, approving and releasing take three different people',
  whatToDo: 'Ask a colleague who has done neither of the other two steps on this run.',
});
export const linesChanged = defineProblem('lines_not_found', {
  status: 422,
  title: 'Some of these lines cannot be held or released',
  whatToDo: 'Use the numbers of lines of this run: payable ones to hold, ones a person held to release.',
});
export const somebodyElseWasFirst = defineProblem('somebody_else_was_first', {
  status: 409,
  title: 'Somebody else has just done this',
  whatToDo: 'Look at the run again before you go on.',
});
export const noFileYet = defineProblem('no_file_yet', {
  status: 409,
  title: 'There is no bank file yet',
  whatToDo: 'Post the run; its file follows by itself. If it does not, see what GET /health/ready and the logs say.',
});
export const severalFiles = defineProblem('run_has_several_files', {
  status: 409,
  title: 'This run has a file for each way it pays',
  whatToDo: 'Ask for one of those named below, with ?rail= and its name; or open it from the run’s page.',
});
export const exportDiskFull = defineProblem('export_disk_refused', {
  status: 507,
  title: 'The bank file could not be written to disk',
  whatToDo: 'Free space in the export folder, or correct EXPORT_DIR. The run stays posted and the file is tried again.',
});

whenConstraintBreaks('uq_emergency_run_once_a_day', () => runOpenedTwice('This award is in a run today.'));
whenConstraintBreaks('uq_run_once_a_pay_date', () => runOpenedTwice('A run for that day is open or done.'));
for (const name of [
  'ck_run_proposer_is_not_approver',
  'ck_run_approver_is_not_releaser',
  'ck_run_proposer_is_not_releaser',
])
  whenConstraintBreaks(name, () => threePeople('You have already done another step on this run.'));
