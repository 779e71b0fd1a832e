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
