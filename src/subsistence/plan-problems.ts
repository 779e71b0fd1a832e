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
