import { defineProblem } from '../kernel/index.ts';

export const noSuchFile = defineProblem('no_such_file', {
  status: 404,
  title: 'There is no such bank file here',
  whatToDo: 'Use the number of a bank file of this council; GET /api/v1/bank-files lists them.',
});
export const anotherBegan = defineProblem('another_began_submitting', {
  status: 409,
  title: 'Somebody else began to submit this file',
  whatToDo: 'Ask them whether they handed it in. Nothing is handed in twice: only they record the bank’s reference.',
});
export const fileShown = defineProblem('file_on_a_statement', {
  status: 409,
  title: 'The bank’s statement shows money of this file',
  whatToDo:
    'The bank has it: nothing is handed in twice. Where the line is of something else, take the match apart first; where somebody handed the file in without writing it down, take the match apart, write it down, and match the line by hand.',
});
export const noSuchReturn = defineProblem('no_such_return', {
  status: 404,
  title: 'There is no such returned payment here',
  whatToDo: 'Use a number from the list of payments that came back.',
});
export const detailsNotKnownRight = defineProblem('details_not_known_right', {
  status: 409,
  title: 'Nobody knows yet that the details are right',
  whatToDo:
    'Have new details approved by a second person; or two people besides you confirm that the present ones are right.',
});
export const confirmedBefore = defineProblem('confirmed_before', {
  status: 409,
  title: 'You confirmed these details before',
  whatToDo: 'A second person must confirm them too.',
});
export const noSuchRescue = defineProblem('no_such_rescue', {
  status: 404,
  title: 'There is no such proposal here',
  whatToDo: 'Open the file’s page: it lists the proposals to send it again.',
});
export const fileMayBeThere = defineProblem('file_may_be_at_the_bank', {
  status: 409,
  title: 'This file may be at the bank',
  whatToDo:
    'Nothing is sent twice. Ask the bank; when it rejected the file or does not have it, write that down with what it said.',
});
export const twoForARescue = defineProblem('two_people_for_a_rescue', {
  status: 403,
  title: 'Sending a file again takes two people',
  whatToDo: 'Ask a colleague in finance, or a releaser, to agree.',
});
export const rescueWaits = defineProblem('rescue_already_waiting', {
  status: 409,
  title: 'Somebody proposed already to send this file again',
  whatToDo: 'Have that proposal agreed or refused first.',
});
export const noSuchVoucher = defineProblem('no_such_voucher', {
  status: 404,
  title: 'There is no such voucher here',
  whatToDo: 'Use the number on the voucher, as its file’s page lists them.',
});
export const noSuchException = defineProblem('no_such_exception', {
  status: 404,
  title: 'There is no such exception here',
  whatToDo: 'Use a number from the list of what banks reported that fits nothing here.',
});
