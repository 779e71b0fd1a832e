import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

export const noSuchNotice = defineProblem('no_such_notice', {
  status: 404,
  title: 'There is no such notice here',
  whatToDo: 'Use the number of a notice of this council; the notices board lists them.',
});
export const notASafeWay = defineProblem('not_a_safe_way', {
  status: 422,
  title: 'The family may not be told that way',
  whatToDo: 'Choose a way the family said is safe, and for which its details are there. Nothing was changed.',
});
export const noticeNotOpen = defineProblem('notice_not_open', {
  status: 409,
  title: 'This notice is no longer open',
  whatToDo: 'Look at it again: it was received, or taken back.',
});
export const notifyNotSetUp = defineProblem('notify_not_set_up', {
  status: 409,
  title: 'This council has no GOV.UK Notify service set up',
  whatToDo: 'An operator sets it up with "npm run cli -- set-notify".',
});
export const dayDoesNotFit = defineProblem('day_does_not_fit', {
  status: 422,
  title: 'The family cannot have been told on that day',
  whatToDo: 'Give the day of the call or visit: not before the notice was drafted, and not after today.',
});
export const sameWayFailed = defineProblem('same_way_failed', {
  status: 409,
  title: 'It cannot be sent again this way yet',
  whatToDo: 'Put the family’s details right first, or try another way. Nothing was sent.',
});
export const noSuchBatch = defineProblem('no_such_batch', {
  status: 404,
  title: 'There is no such batch of letters here',
  whatToDo: 'Use the number of a batch of this council; the page of letters lists them.',
});
export const lettersGoThroughNotify = defineProblem('letters_go_through_notify', {
  status: 409,
  title: 'This council’s letters are not printed here',
  whatToDo: 'An administrator can change who prints letters, under "Notices to families".',
});
export const noLettersWaiting = defineProblem('no_letters_waiting', {
  status: 409,
  title: 'No letter waits to be printed',
  whatToDo: 'Somebody may have made a batch of them meanwhile: look at the list again.',
});
export const testNotSent = defineProblem('test_not_sent', {
  status: 422,
  title: 'The test message was not taken in',
  whatToDo: 'Read what GOV.UK Notify says, mend it there or here, then try again.',
});
export const letterNotOut = defineProblem('letter_not_out', {
  status: 409,
  title: 'This letter cannot have come back',
  whatToDo: 'Only a letter that was printed and posted here can come back, and once. Look at the notice again.',
});
export const noSuchLanguage = defineProblem('no_such_language', {
  status: 404,
  title: 'Notices are not written in that language',
  whatToDo: 'Use the code of a language of the list of languages.',
});
export const noLetterKept = defineProblem('no_letter_kept', {
  status: 404,
  title: 'There is no copy of that letter here',
  whatToDo: 'A copy is kept from when a letter is sent. The notice’s page lists its letters.',
});

whenConstraintBreaks('guard_failed_way_goes_somewhere_else', () =>
  sameWayFailed('It would go where it failed before.'),
);
whenConstraintBreaks('uq_attempt_one_open_a_way', () => sameWayFailed('One by this way is still on its way.'));
whenConstraintBreaks('guard_attempt_goes_a_safe_way', () =>
  notASafeWay('The family did not say that this way is safe.'),
);
whenConstraintBreaks('guard_discreet_message_says_nothing', () =>
  notASafeWay('The message would name the council or money to a family that must not be named.'),
);
export const translationMovedOn = defineProblem('translation_moved_on', {
  status: 409,
  title: 'The words changed while you were reading them',
  whatToDo: 'Read them again as they are now, then decide.',
});
export const callbackRefused = defineProblem('callback_refused', {
  status: 403,
  title: 'This is not the token GOV.UK Notify was given',
  whatToDo: 'Give GOV.UK Notify the token again, under "API integration", "Callbacks".',
});
export const callbackNotUnderstood = defineProblem('callback_not_understood', {
  status: 400,
  title: 'This is not a callback of GOV.UK Notify',
  whatToDo: 'Nothing was kept. The callbacks page of GOV.UK Notify shows what it sends.',
});
export const noSuchCode = defineProblem('no_such_code', {
  status: 404,
  title: 'That code does not open anything',
  whatToDo:
    'Check each letter and type it again. If it still does not work, call the person who gave it to you, or the number in your letter, and ask for a new code.',
});
export const tooManyCodes = defineProblem('too_many_codes', {
  status: 429,
  title: 'Too many codes were tried',
  whatToDo: 'Wait 15 minutes, then try again. If you need help now, call the number in your letter.',
});
export const noSuchMessage = defineProblem('no_such_message', {
  status: 404,
  title: 'There is no such message here',
  whatToDo: 'Use the number of a message a family of this council sent.',
});
export const messageAnswered = defineProblem('message_answered', {
  status: 409,
  title: 'Somebody else answered this message first',
  whatToDo: 'Read what they wrote. If more is to be done, write a note on the family.',
});
export const tooManyMessages = defineProblem('too_many_messages', {
  status: 429,
  title: 'Ten of your messages are waiting',
  whatToDo: 'Somebody will look at them. If it cannot wait, call us.',
});

whenConstraintBreaks('guard_wrong_codes_are_few', () => tooManyCodes('Ten wrong codes within 15 minutes.'));
whenConstraintBreaks('guard_family_messages_are_few', () => tooManyMessages('Ten messages wait for somebody to look.'));

export const noSuchMoveHome = defineProblem('no_such_move_home', {
  status: 404,
  title: 'There is no such move of a family here',
  whatToDo: 'Look at the family again: its moves are listed there.',
});
export const moveHomeRefused = defineProblem('move_home_refused', {
  status: 422,
  title: 'This move cannot be planned as it stands',
  whatToDo: 'Correct each place named below. Nothing was changed, and the family was told nothing.',
});
export const moveHomePlanned = defineProblem('move_home_already_planned', {
  status: 409,
  title: 'Another move of this family is planned already',
  whatToDo: 'Look at it on the family’s page. Take it back first, if this one is right.',
});
export const moveHomeNotUrgent = defineProblem('move_home_not_urgent', {
  status: 409,
  title: 'No emergency waits here for a manager',
  whatToDo: 'Look at the move again: somebody may have decided already.',
});
export const ownUrgentMoveHome = defineProblem('own_urgent_move_home', {
  status: 403,
  title: 'You planned this move yourself',
  whatToDo: 'Ask another manager to allow it without the notice.',
});
export const toldTooLateToMove = defineProblem('told_too_late_to_move', {
  status: 409,
  title: 'The family was not told in time, or the day has not come',
  whatToDo: 'Its address stays. Take the move back and plan it for a later day, or ask a manager in an emergency.',
});
export const bankDetailsUntold = defineProblem('bank_details_untold', {
  status: 409,
  title: 'Nobody would tell the family that its money goes to another account',
  whatToDo: 'Nothing was changed. Try again: the family is told in the same step.',
});

whenConstraintBreaks('uq_move_home_one_open_a_family', () => moveHomePlanned('One move at a time.'));
whenConstraintBreaks('ck_urgent_move_home_needs_two_people', () => ownUrgentMoveHome('Two people are needed.'));
whenConstraintBreaks('guard_move_home_waits_for_its_notice', () =>
  toldTooLateToMove('Nothing proves that they were told.'),
);
whenConstraintBreaks('guard_new_bank_details_are_told', () => bankDetailsUntold('They were not approved.'));
