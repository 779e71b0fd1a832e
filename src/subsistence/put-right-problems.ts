import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

export const noSuchPutRight = defineProblem('no_such_put_right', {
  status: 404,
  title: 'There is nothing put right under that number',
  whatToDo: 'Look at the family: what was put right is listed there.',
});
export const nothingUnderpaid = defineProblem('nothing_underpaid', {
  status: 409,
  title: 'Nothing is owed to this family for earlier days',
  whatToDo:
    'Write down first what changed: who joined, a birth, a top-up. What is owed for earlier days is worked out from that.',
});
export const paymentNotToPutRight = defineProblem('payment_not_to_put_right', {
  status: 409,
  title: 'This payment cannot be put right here',
  whatToDo: 'Only a payment that left and did not come back is. One that came back is paid again under what came back.',
});
export const alreadyPutRight = defineProblem('already_put_right', {
  status: 409,
  title: 'This is put right already',
  whatToDo: 'Look at the family: what was put right is listed there, with its run.',
});
export const runAboutToPay = defineProblem('run_about_to_pay', {
  status: 409,
  title: 'A run is about to pay this family',
  whatToDo: 'The run pays what is owed for earlier days too. Wait for it, or take the family out of it first.',
});
whenConstraintBreaks('uq_put_right_once_a_payment', () => alreadyPutRight('It is never paid twice.'));
whenConstraintBreaks('uq_put_right_one_open_a_plan', () => alreadyPutRight('One thing at a time.'));
whenConstraintBreaks('guard_put_right_is_of_a_payment', () => paymentNotToPutRight('It is on its way, or came back.'));
whenConstraintBreaks('guard_put_right_is_in_no_run', () => runAboutToPay('It would be paid twice.'));
whenConstraintBreaks('guard_put_right_is_not_paid_again', () =>
  alreadyPutRight('This payment was put right before it came back. Close the return instead.'),
);
