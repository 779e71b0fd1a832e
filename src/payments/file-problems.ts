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
