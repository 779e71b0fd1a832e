import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

/** Tells a decider to say first whether they have an interest in what they decide. */
export const conflictNotDeclared = defineProblem('conflict_not_declared', {
  status: 409,
  title: 'Say first whether you have a conflict of interest',
  whatToDo: 'Declare that you have none, or what it is. Then decide.',
});
/** Tells a decider that they declared an interest: somebody else decides. */
export const conflictDeclared = defineProblem('conflict_declared', {
  status: 403,
  title: 'You declared a conflict of interest',
  whatToDo: 'Leave it to somebody else who can decide it.',
});
/** Tells a decider that a conflict of interest is declared already. */
export const conflictOnRecord = defineProblem('conflict_on_record', {
  status: 409,
  title: 'You have declared that already',
  whatToDo: 'What is declared stays on record. A conflict can still be declared after none was.',
});
/** Tells a person that they do not stand in for somebody today. */
export const standInNotInForce = defineProblem('stand_in_not_in_force', {
  status: 403,
  title: 'You do not stand in for anybody today',
  whatToDo: 'Ask the person you stood in for to name you again, or somebody whose own limit covers it.',
});
/** Tells a person that somebody cannot be named as a stand-in. */
export const standInRefused = defineProblem('stand_in_refused', {
  status: 422,
  title: 'That person cannot stand in for you then',
  whatToDo: 'Choose another person, or other days.',
});
/** Tells an administrator that there is no period to open again. */
export const noSuchFreeze = defineProblem('no_such_closed_period', {
  status: 404,
  title: 'There is no such period to open again',
  whatToDo: 'GET /api/v1/approval-freezes lists them; one that was lifted stays so.',
});
/** Tells a person that there is no such stand-in. */
export const noSuchStandIn = defineProblem('no_such_stand_in', {
  status: 404,
  title: 'There is no such stand-in here',
  whatToDo: 'Use a number of this council; GET /api/v1/stand-ins lists them.',
});
/** Tells a person that a stand-in is not theirs to end, or has ended. */
export const standInEnded = defineProblem('stand_in_ended', {
  status: 409,
  title: 'This cannot be ended',
  whatToDo: 'Look at it again: it may have ended, or be somebody else’s.',
});
/** Tells a decider that approvals of this kind are closed for a time. */
export const approvalsClosed = defineProblem('approvals_closed', {
  status: 409,
  title: 'Approvals of this kind are closed for a time',
  whatToDo: 'Wait until they are open again, or ask an administrator whether it can be lifted.',
});
/** Tells an administrator that the period cannot be set or lifted so. */
export const freezeRefused = defineProblem('freeze_refused', {
  status: 422,
  title: 'Approvals cannot be closed for those days',
  whatToDo: 'Choose days from today on, no more than 92.',
});

whenConstraintBreaks('guard_conflict_is_declared_first', () => conflictNotDeclared('Nothing is declared yet.'));
whenConstraintBreaks('guard_conflict_keeps_out', () => conflictDeclared('It is on record.'));
whenConstraintBreaks('pk_conflict_of_interest', () => conflictOnRecord('The declaration is on record.'));
for (const guard of ['guard_stand_in_is_in_force', 'guard_stand_in_still_may_act'])
  whenConstraintBreaks(guard, () =>
    standInNotInForce('The days you stand in for are over, or somebody’s role was taken away.'),
  );
whenConstraintBreaks('guard_stand_in_may_act', () => standInRefused('They hold no role that decides.'));
whenConstraintBreaks('ck_nobody_stands_in_for_themselves', () => standInRefused('Nobody stands in for themselves.'));
whenConstraintBreaks('guard_no_chain_of_stand_ins', () =>
  standInRefused('A stand-in has no stand-in: one of you is away, or stands in for somebody, on some of these days.'),
);
whenConstraintBreaks('ex_one_stand_in_at_a_time', () =>
  standInRefused('Somebody stands in for you on some of these days already.'),
);
whenConstraintBreaks('ck_stand_in_is_for_some_days', () =>
  standInRefused('Give at most 92 days, the last after the first.'),
);
whenConstraintBreaks('guard_stand_in_is_named_in_person', () => standInRefused('Begin today or later.'));
whenConstraintBreaks('guard_stand_in_stands_as_named', () =>
  standInEnded('It has ended, or is between two other people.'),
);
whenConstraintBreaks('guard_approvals_are_closed_in_a_freeze', (refusal) => approvalsClosed(refusal.message));
whenConstraintBreaks('ck_freeze_is_for_some_days', () =>
  freezeRefused('Give at most 92 days, the last after the first.'),
);
whenConstraintBreaks('guard_freeze_stands_as_set', () => freezeRefused('It was lifted before.'));
