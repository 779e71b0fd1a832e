import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

/** Tells an administrator that the number is of no agency here. */
export const noSuchAgency = defineProblem('no_such_agency', {
  status: 404,
  title: 'There is no such agency here',
  whatToDo: 'Choose one of the agencies on the page about partner agencies.',
});
/** Tells an administrator that an agency of that name is here. */
export const agencyExists = defineProblem('agency_exists', {
  status: 409,
  title: 'There is already an agency of that name',
  whatToDo: 'Use another name. An agency that was closed stays on record under its own.',
});
/** Tells a partner, or an administrator, that the agency's account is closed. */
export const agencyClosed = defineProblem('agency_closed', {
  status: 403,
  title: 'Your agency’s account with this council is closed',
  whatToDo: 'Nothing you sent is lost: the referrals go on with the council. Call the council to ask about one.',
});
/** Tells an administrator that somebody is of an agency and of nothing else. */
export const partnerOnly = defineProblem('partner_only', {
  status: 409,
  title: 'People of an agency are partners, and nothing else',
  whatToDo: 'Add somebody of the council with an account of their own; add a partner on the page of their agency.',
});

whenConstraintBreaks('uq_agency_name', () =>
  agencyExists('The name is taken.', [{ field: 'name', reason: 'An agency has this name.' }]),
);
whenConstraintBreaks('guard_closed_agency_lets_nobody_in', () => agencyClosed('Its people cannot sign in.'));
whenConstraintBreaks('guard_closed_agency_stays_closed', () => agencyClosed('It stays closed.'));
whenConstraintBreaks('guard_partner_is_of_an_agency', () => partnerOnly('The two do not go together.'));
