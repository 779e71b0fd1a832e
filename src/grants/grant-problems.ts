import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

export const noSuchApplication = defineProblem('no_such_application', {
  status: 404,
  title: 'There is no such application here',
  whatToDo: 'Use the number of an application of this council; the list of applications has it.',
});
export const noSuchAward = defineProblem('no_such_award', {
  status: 404,
  title: 'There is no such award here',
  whatToDo: 'Look at the application again: its award is shown there.',
});
export const noSuchPaymentOfAward = defineProblem('no_such_payment_of_award', {
  status: 404,
  title: 'That payment is not of this award',
  whatToDo: 'Use the number of a payment the award lists; only what was sent to the bank can be given back.',
});
export const applicationRefused = defineProblem('application_refused', {
  status: 422,
  title: 'This application cannot be put forward as it stands',
  whatToDo: 'Answer each place named below.',
});
export const itemRefused = defineProblem('item_refused', {
  status: 422,
  title: 'Something that is asked for cannot be taken as it stands',
  whatToDo: 'Correct each place named below. Nothing was changed.',
});
export const applicationMovedOn = defineProblem('application_moved_on', {
  status: 409,
  title: 'This application has changed since you opened the page',
  whatToDo: 'Look at it as it is now, and do it again. Nothing of yours was done.',
});
export const checksNotPassed = defineProblem('checks_not_passed', {
  status: 409,
  title: 'A check has failed, or waits for a person',
  whatToDo: 'Put right what failed, and write down what you found where a person is needed. Then decide.',
});
export const noSuchCheck = defineProblem('no_such_check', {
  status: 409,
  title: 'That check does not wait for a person',
  whatToDo: 'Look at the checks again: what failed is put right, not written away.',
});
export const wroteOnIt = defineProblem('wrote_on_the_application', {
  status: 403,
  title: 'You wrote on this application yourself',
  whatToDo: 'Ask somebody who did not touch it to decide.',
});
export const awardRefused = defineProblem('award_refused', {
  status: 422,
  title: 'These amounts cannot be awarded',
  whatToDo: 'Award each item nought up to what was asked, and something in all. For more, ask for changes.',
});
export const fundPaysNoGrants = defineProblem('fund_pays_no_grants', {
  status: 422,
  title: 'That fund does not pay grants',
  whatToDo: 'Choose a fund that does; finance can add one.',
});
export const instalmentOnItsWay = defineProblem('instalment_on_its_way', {
  status: 409,
  title: 'A payment of this award is on its way',
  whatToDo: 'Have its line held in the run, or the run cancelled, before you cancel what is left.',
});
export const refusalUnexplained = defineProblem('refusal_unexplained', {
  status: 422,
  title: 'A refusal tells the family why, what would change it and where else to go',
  whatToDo: 'Write each place named below in words the family understands. Nothing was decided.',
});
export const signpostRefused = defineProblem('signpost_refused', {
  status: 422,
  title: 'This signpost cannot be kept as written',
  whatToDo: 'Correct each place named below.',
});
export const noSuchSignpost = defineProblem('no_such_signpost', {
  status: 404,
  title: 'There is no such signpost in force',
  whatToDo: 'Look at the list again: it may have been ended.',
});
export const noSuchReview = defineProblem('no_such_review', {
  status: 404,
  title: 'There is no such review here',
  whatToDo: 'Use the number of a review of this council; its application has it.',
});
export const nothingToReview = defineProblem('nothing_to_review', {
  status: 409,
  title: 'There is no decision here that can be reviewed',
  whatToDo: 'A refusal, or an award of less than was asked for, is reviewed once. Look at the application again.',
});
export const reviewAskedLate = defineProblem('review_asked_late', {
  status: 409,
  title: 'The last day to ask for a review has passed',
  whatToDo: 'A worker can take it in all the same, and says why.',
});
export const hadAPart = defineProblem('had_a_part_in_the_decision', {
  status: 403,
  title: 'You had a part in the decision that is to be reviewed',
  whatToDo: 'Ask a senior person who had none.',
});
export const reviewReachesTooFar = defineProblem('review_above_your_limit', {
  status: 403,
  title: 'This review is for somebody whose limit reaches as far as what was asked for',
  whatToDo: 'Ask a person with a higher limit for reviews.',
});

whenConstraintBreaks('uq_review_once_an_answer', () =>
  nothingToReview('A review of this decision was asked for already.'),
);
whenConstraintBreaks('guard_reviewer_is_another_person', () => hadAPart('Your name is in its history.'));
whenConstraintBreaks('guard_reviewer_reaches_as_far', () =>
  reviewReachesTooFar('What was asked for is more than your limit for reviews.'),
);
whenConstraintBreaks('guard_refusal_is_signed_by_a_manager', () =>
  refusalUnexplained('A refusal is signed by a manager.', [{ field: 'outcome', reason: 'Ask a manager to decide.' }]),
);
whenConstraintBreaks('guard_decider_did_not_touch_the_application', () => wroteOnIt('Your name is in its history.'));
whenConstraintBreaks('guard_item_payee_is_the_familys', () =>
  itemRefused('That payee is not one of this family.', [
    { field: 'instrumentId', reason: 'Choose a payee of this family.' },
  ]),
);
whenConstraintBreaks('guard_award_passed_its_checks', (refusal) => checksNotPassed(refusal.message));
whenConstraintBreaks('guard_application_fund_pays_grants', () => fundPaysNoGrants('Grants come from another fund.'));
whenConstraintBreaks('guard_top_up_is_of_its_award', () =>
  noSuchAward('A top-up is of an award of this family and fund that stands.'),
);
whenConstraintBreaks('guard_instalment_on_its_way_stands', () => instalmentOnItsWay('It stands in a run.'));
whenConstraintBreaks('ck_item_is_awarded_at_most_what_was_asked', () => awardRefused('More than was asked for.'));
export const noInstalmentLeft = defineProblem('no_instalment_left', {
  status: 409,
  title: 'There is nothing left of it to cancel',
  whatToDo: 'Look at the award again: what is paid stays paid.',
});
export const awardNotForToday = defineProblem('award_not_for_today', {
  status: 409,
  title: 'Only an emergency is paid in a run of its own',
  whatToDo: 'It is paid in the next grants run.',
});
export const secondLookTaken = defineProblem('second_look_taken', {
  status: 409,
  title: 'This award does not wait for a second look',
  whatToDo: 'Look at the award again: who looked, and what they found, is shown there.',
});
export const fundRuleBroken = defineProblem('fund_rule_broken', {
  status: 409,
  title: 'The rules of the fund do not allow this award',
  whatToDo: 'Award less, choose another fund, or ask finance whether its rules are still right.',
});

for (const name of [
  'guard_fund_buys_only_its_purposes',
  'guard_emergency_is_within_its_cap',
  'guard_award_is_within_the_funds_cap',
  'guard_family_is_within_the_funds_cap',
  'guard_award_waits_the_cooling_off',
  'guard_fund_is_spent_by_its_teams',
])
  whenConstraintBreaks(name, (refusal) => fundRuleBroken(`${refusal.message}.`));
whenConstraintBreaks('guard_second_look_is_by_another_manager', () => wroteOnIt('You had a part in it before.'));
