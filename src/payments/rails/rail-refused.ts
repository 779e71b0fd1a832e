import { defineProblem } from '../../kernel/index.ts';

/** Tells a finance officer that a file of this rail cannot be written, and which payments are the cause. */
export const railRefused = defineProblem('rail_refused', {
  status: 422,
  title: 'That file cannot be written',
  whatToDo: 'Look at the payments named. Nothing was written.',
});
/** Tells a finance officer that these details cannot be paid that way. */
export const railCannotPayThese = defineProblem('rail_cannot_pay_these', {
  status: 422,
  title: 'These payments cannot go that way',
  whatToDo: 'Accounts are paid by Bacs, Faster Payments or pain.001; cards and vouchers each by a file of their own.',
});
