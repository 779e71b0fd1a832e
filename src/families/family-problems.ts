import { defineProblem } from '../kernel/index.ts';

/** Tells anybody that the number or reference is of no family here. */
export const noSuchFamily = defineProblem('no_such_family', {
  status: 404,
  title: 'There is no such family here',
  whatToDo: 'Check the number or reference; families of other councils are never shown.',
});

/** Tells a caseworker that somebody else changed the family while they were typing. */
export const familyChangedMeanwhile = defineProblem('family_changed_meanwhile', {
  status: 409,
  title: 'Somebody changed this family while you were typing',
  whatToDo: 'Look at what is there now. What you typed is kept; send it again if it is still right.',
});

/** Tells a caseworker that the reference is another family's already. */
export const referenceTaken = defineProblem('reference_taken', {
  status: 409,
  title: 'A family with that reference is already here',
  whatToDo: 'Look at that family first. If it is another one, give the new one its own reference.',
});

/** Tells a caseworker that nobody in a family of this council has that number. */
export const noSuchMember = defineProblem('no_such_member', {
  status: 404,
  title: 'There is no such person in this family',
  whatToDo: 'Look at the family again and use the number shown there.',
});

/** Tells a caseworker that a day written for a person cannot be right. */
export const memberDaysRefused = defineProblem('member_days_refused', {
  status: 422,
  title: 'One of these days cannot be right',
  whatToDo:
    'A birth is not in the future nor over 120 years ago; people join on or after their birth and leave after joining.',
});
