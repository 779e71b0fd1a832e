import { defineProblem } from '../kernel/index.ts';

/** Says that an address and password do not fit; never which of the two is wrong. */
export const signInRefused = defineProblem('sign_in_refused', {
  status: 401,
  title: 'That e-mail address and password do not match',
  whatToDo: 'Check both and try again. After five wrong tries in a row signing in is locked for 15 minutes.',
});

/** Says that a code is wrong, too old, or was used before. */
export const codeRefused = defineProblem('code_refused', {
  status: 401,
  title: 'That code is not right',
  whatToDo: 'Type the six digits your authenticator app shows now. Each code works once.',
});

/** Says that signing in is locked for a while. */
export const signInLocked = defineProblem('sign_in_locked', {
  status: 429,
  title: 'Signing in is locked for 15 minutes',
  whatToDo: 'Wait 15 minutes and try again, or ask an administrator for a new set-up code.',
});

/** Says that a set-up code is wrong, used or too old. */
export const setUpCodeRefused = defineProblem('set_up_code_refused', {
  status: 401,
  title: 'That set-up code does not work',
  whatToDo:
    'Check the e-mail address and the code. Codes work once, for three days: ask an administrator for a new one.',
});

/** Says that a half-finished sign-in took too long. */
export const signInAgain = defineProblem('sign_in_again', {
  status: 401,
  title: 'Sign in again',
  whatToDo: 'Your sign-in was not finished in time, or was ended. Start again.',
});
