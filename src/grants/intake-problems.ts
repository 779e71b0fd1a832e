import { defineProblem } from '../kernel/index.ts';
import { whenConstraintBreaks } from '../platform/index.ts';

/** Tells a partner that the referral lacks the family's consent. */
export const consentMissing = defineProblem('consent_missing', {
  status: 422,
  title: 'The family’s consent is not recorded',
  whatToDo: 'Ask the family, then say who gave consent, how and when. Nothing was sent.',
});
/** Tells a person that the number is of no referral they may see. */
export const noSuchReferral = defineProblem('no_such_referral', {
  status: 404,
  title: 'There is no such referral here',
  whatToDo: 'Look at the list of referrals. Partners see the referrals of their own agency only.',
});
/** Tells a worker that the number is of no request here. */
export const noSuchRequest = defineProblem('no_such_family_request', {
  status: 404,
  title: 'There is no such request here',
  whatToDo: 'Look at the list of what families asked for.',
});
/** Tells a family that several of its requests wait already. */
export const tooManyRequests = defineProblem('too_many_family_requests', {
  status: 429,
  title: 'Several requests of this family wait already',
  whatToDo: 'Wait until one is answered, or call the council.',
});
/** Tells a person that a file is of no type that is taken, or too large. */
export const evidenceRefused = defineProblem('evidence_refused', {
  status: 422,
  title: 'That file cannot be taken',
  whatToDo: 'Choose a PDF, or a photo (JPEG, PNG, WebP or HEIC), of at most 10 MB. Nothing else was changed.',
});
/** Tells a person that the number is of no file they may open. */
export const noSuchEvidence = defineProblem('no_such_evidence', {
  status: 404,
  title: 'There is no such file here',
  whatToDo: 'Look at the application again: its files are listed there.',
});
/** Tells a worker that the follow-up was answered, or is not here. */
export const noSuchFollowUp = defineProblem('no_such_follow_up', {
  status: 404,
  title: 'There is nothing of that number to follow up here',
  whatToDo: 'Look at the application: what is asked after its award is listed there.',
});
export const followedUpBefore = defineProblem('followed_up_before', {
  status: 409,
  title: 'Nothing waits to be followed up there',
  whatToDo: 'Look at the application again: what was written down is there.',
});
/** Tells a worker that a conference cannot be recorded so. */
export const conferenceRefused = defineProblem('conference_refused', {
  status: 422,
  title: 'That conference cannot be recorded',
  whatToDo: 'Give a day that has passed, who was there, and what they recommended.',
});

whenConstraintBreaks('ck_referral_has_the_familys_consent', () =>
  consentMissing('Nobody is said to have consented.', [
    { field: 'consentBy', reason: 'Say who of the family gave consent, how and when.' },
  ]),
);
whenConstraintBreaks('ck_consent_came_before_the_referral', () =>
  consentMissing('The consent is of a day to come.', [
    { field: 'consentOn', reason: 'Give a day that is not in the future.' },
  ]),
);
whenConstraintBreaks('guard_family_requests_are_few', () => tooManyRequests('It asked often lately.'));
whenConstraintBreaks('guard_evidence_is_at_most_twenty_files', () =>
  evidenceRefused('Twenty files are there already.', [{ field: 'file', reason: 'Twenty files are there already.' }]),
);
whenConstraintBreaks('ck_conference_was_held', () =>
  conferenceRefused('The day is still to come.', [
    { field: 'heldOn', reason: 'Give the day it was held, not one to come.' },
  ]),
);
