import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

export const planRefused = defineProblem('plan_refused', {
  status: 422,
  title: 'This plan cannot be proposed as it stands',
  whatToDo: 'Correct each place named below.',
});
export const plansOverlap = defineProblem('plans_overlap', {
  status: 409,
  title: 'The family already has a plan for some of these days',
  whatToDo: 'Change the plan there is, or let this one begin on the day the other ends.',
});
export const noSuchPlanChange = defineProblem('no_such_plan_change', {
  status: 404,
  title: 'There is no such change of a support plan here',
  whatToDo: 'Look at the plan: its changes are listed there.',
});
export const planNotInForce = defineProblem('plan_not_in_force', {
  status: 409,
  title: 'Only an approved plan is changed this way',
  whatToDo: 'A plan that still waits is withdrawn and proposed anew, with what should be different.',
});
export const planChangeRefused = defineProblem('plan_change_refused', {
  status: 422,
  title: 'This change does not fit the plan',
  whatToDo: 'Correct each place named below.',
});
export const planChangeWaiting = defineProblem('plan_change_already_waiting', {
  status: 409,
  title: 'Another change of this plan is still open',
  whatToDo: 'Have it decided, or withdraw it, before you propose the next.',
});
export const planMovedOn = defineProblem('plan_moved_on', {
  status: 409,
  title: 'The plan changed while you were at it',
  whatToDo:
    'Look at the plan as it stands now, below. What you typed is still here: send it again if it is still right.',
});

whenConstraintBreaks('ex_plans_of_a_family_never_overlap', () =>
  plansOverlap('One day is paid by one plan.', [
    { field: 'supportFrom', reason: 'Another plan of this family covers some of these days.' },
  ]),
);
whenConstraintBreaks('uq_plan_change_one_open_a_plan', () => planChangeWaiting('One change at a time.'));
whenConstraintBreaks('guard_one_lower_amount_waits_at_a_time', () =>
  planChangeWaiting('A lower amount or an end waits for its notice: propose this in its place.'),
);
export const noSuchPayDayMove = defineProblem('no_such_pay_day_move', {
  status: 404,
  title: 'There is no such move of pay days here',
  whatToDo: 'Look at the list of moves: each is there with its number.',
});
export const noSuchKeptDay = defineProblem('no_such_kept_day', {
  status: 404,
  title: 'There is no such kept pay day here',
  whatToDo: 'Look at the list of pay days that were kept.',
});
export const keptDaySettled = defineProblem('kept_day_settled', {
  status: 409,
  title: 'Somebody saw to this family already',
  whatToDo: 'Look at the list of pay days that were kept: it is there no more.',
});
export const payDayMoveRefused = defineProblem('pay_day_move_refused', {
  status: 422,
  title: 'This move of pay days cannot be proposed as it stands',
  whatToDo: 'Correct each place named below. Nothing was changed, and nobody was told anything.',
});
export const payDayMoveDiffers = defineProblem('pay_day_move_differs', {
  status: 409,
  title: 'What the move would do changed while you looked at it',
  whatToDo: 'Look at it as it is now, below. Nothing was proposed. Propose it again if it is still right.',
});
export const payDayChangeWaiting = defineProblem('pay_day_change_already_waiting', {
  status: 409,
  title: 'Another change of a pay day is still open for one of these families',
  whatToDo: 'Wait until it takes effect or is kept, or withdraw it first.',
});
export const toldTooLate = defineProblem('told_too_late', {
  status: 409,
  title: 'The family was not told in time',
  whatToDo: 'Their money stays as it was promised. Propose the change again for a later day.',
});

whenConstraintBreaks('uq_pay_day_change_one_open_a_plan', () =>
  payDayChangeWaiting('One change of a pay day at a time.'),
);
whenConstraintBreaks('guard_pay_day_change_waits_for_its_notice', () => toldTooLate('Nothing proves they were.'));
export const calendarOut = defineProblem('payment_calendar_sent_before', {
  status: 409,
  title: 'This payment calendar was sent before',
  whatToDo: 'Nobody gets it twice. Look at the list of calendars: how many have it is there.',
});
export const noSuchQuarter = defineProblem('no_such_quarter', {
  status: 422,
  title: 'No payment calendar can be sent for these months',
  whatToDo: 'Choose the present quarter or the next one.',
});
