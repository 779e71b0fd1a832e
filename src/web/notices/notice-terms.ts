import type { AttemptState, BoardFilter, LanguageState, NoticeKind, NoticeState, Way } from '../../notices/index.ts';

/** What each kind of notice is about. */
export const kindTerms: Readonly<Record<NoticeKind, string>> = {
  'pay-day': 'Pay day moves',
  'pay-day-kept': 'Pay day stays',
  'change-kept': 'A change is called off',
  amount: 'Amount changes',
  end: 'Support ends',
  method: 'Account changes',
  accommodation: 'Family moves home',
  'early-payment': 'Payment comes early',
  calendar: 'Coming payments',
  award: 'Grant awarded',
  decision: 'Request decided',
  remittance: 'Payment made',
  'payment-returned': 'Payment that came back',
};

/** What the board can show. */
export const filterTerms: Readonly<Record<BoardFilter, { text: string; empty: string }>> = {
  'at-risk': { text: 'At risk', empty: 'No notice is at risk of coming too late.' },
  'call-needed': { text: 'Call needed', empty: 'No family waits to be called.' },
  'came-back': { text: 'Letter came back', empty: 'No letter came back.' },
  failed: { text: 'A way failed', empty: 'No way of telling a family has failed.' },
  served: { text: 'Being told', empty: 'Nothing is on its way.' },
  received: { text: 'Received', empty: 'No notice was received yet.' },
  confirmed: { text: 'Confirmed by the family', empty: 'No family has said yet that it saw a notice.' },
  kept: { text: 'Not in time', empty: 'No family kept what it had because it was not told in time.' },
};

/** Where a notice stands, in words and colour. */
export const noticeTags: Readonly<Record<NoticeState, { text: string; classes: string }>> = {
  drafted: { text: 'Waits for approval', classes: 'govuk-tag--grey' },
  serving: { text: 'Being told', classes: 'govuk-tag--light-blue' },
  call_needed: { text: 'Call needed', classes: 'govuk-tag--orange' },
  received: { text: 'Received', classes: 'govuk-tag--green' },
  withdrawn: { text: 'Taken back', classes: 'govuk-tag--grey' },
};

/** Where an attempt stands, in words and colour. */
export const attemptTags: Readonly<Record<AttemptState, { text: string; classes: string }>> = {
  queued: { text: 'Waits to be sent', classes: 'govuk-tag--grey' },
  sending: { text: 'Being sent', classes: 'govuk-tag--light-blue' },
  accepted: { text: 'On its way', classes: 'govuk-tag--light-blue' },
  delivered: { text: 'Arrived', classes: 'govuk-tag--green' },
  failed: { text: 'Failed', classes: 'govuk-tag--red' },
  withdrawn: { text: 'Not sent', classes: 'govuk-tag--grey' },
};

/** The ways a family is told. */
export const wayTerms: Readonly<Record<Way, string>> = {
  ...{ sms: 'Text message', email: 'E-mail', letter: 'Letter', call: 'Phone call', visit: 'Visit' },
};

/** What Notify says of a message, in plain words. */
export const statusTerms: Readonly<Record<string, string>> = {
  accepted: 'Taken in: on its way',
  technical: 'Could not be sent, by a fault of GOV.UK Notify',
  'failed-temporarily': 'Not delivered: the phone was off, or the inbox full',
  'failed-permanently': 'Not delivered: no such number or address',
  delivered: 'Delivered',
};

/** How we heard of it. */
export const heardTerms: Readonly<Record<string, string>> = {
  ...{ callback: 'told by GOV.UK Notify', poll: 'asked by us', 'look-up': 'looked up by us' },
};

/** Where a language stands. */
export const languageTags: Readonly<Record<LanguageState, { text: string; classes: string }>> = {
  complete: { text: 'Complete', classes: 'govuk-tag--green' },
  approved: { text: 'Approved', classes: 'govuk-tag--green' },
  'changed-since': { text: 'Changed since it was approved', classes: 'govuk-tag--orange' },
  withdrawn: { text: 'Approval taken back', classes: 'govuk-tag--red' },
  'not-reviewed': { text: 'Not reviewed', classes: 'govuk-tag--grey' },
};

/** Every term a template of this journey may need. */
export const terms = {
  ...{ kinds: kindTerms, filters: filterTerms, notices: noticeTags, attempts: attemptTags, ways: wayTerms },
  ...{ statuses: statusTerms, heard: heardTerms, languages: languageTags },
};
