import { defineProblem, type ProblemItem } from '../../kernel/index.ts';

/** How fast the council's letters travel. */
export const postages = ['first', 'second', 'economy'] as const;
/** One of the speeds a letter may travel at. */
export type Postage = (typeof postages)[number];

/** What a council has decided about telling families of changes. */
export interface NoticePolicy {
  /** Clear days a family is told before a date or amount changes. */
  readonly noticeDays: number;
  /** Clear days a family is told before its support ends. */
  readonly endingNoticeDays: number;
  readonly payDayChangeNeedsApproval: boolean;
  /** Days a family has to ask for a review of a decision. */
  readonly reviewAskDays: number;
  /** Working days in which a review is answered. */
  readonly reviewAnswerDays: number;
  readonly helpPhone: string | null;
  readonly helpEmail: string | null;
  /** The council's lines on letters, the postcode last; null until somebody has written them. */
  readonly returnAddress: readonly string[] | null;
  readonly postage: Postage;
  /** Letters are printed and posted by people of the council, not by GOV.UK Notify. */
  readonly lettersPrintedHere: boolean;
}

/** Days of notice a council may choose among: for changes, and for an end of support. */
export const NOTICE_DAYS = { least: 7, most: 60, mostForAnEnd: 180 } as const;

/** Days a council may give for asking for a review, and working days for answering it. */
export const REVIEW_DAYS = { leastToAsk: 14, mostToAsk: 180, leastToAnswer: 1, mostToAnswer: 40 } as const;

const PHONE = /^[+0-9][0-9 ]{2,19}$/;
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,180}\.[^\s@.]{2,24}$/;
const LINES = { least: 3, most: 7, longest: 60 } as const;

/** Tells an administrator which of the notices' settings cannot be kept. */
export const noticePolicyRefused = defineProblem('notice_policy_refused', {
  status: 422,
  title: 'Some of what notices say needs another look',
  whatToDo: 'Correct each place named below. Nothing was changed.',
});

/** Checks what an administrator would have notices say; what is left out is not looked at. @throws notice_policy_refused */
export function checkNoticePolicy(change: Partial<NoticePolicy>): void {
  const { noticeDays, endingNoticeDays, helpPhone, helpEmail, returnAddress } = change;
  const { least, most, mostForAnEnd } = NOTICE_DAYS;
  const items: ProblemItem[] = [
    ...daysAreWrong('noticeDays', noticeDays, least, most),
    ...daysAreWrong('endingNoticeDays', endingNoticeDays, least, mostForAnEnd),
    ...daysAreWrong('reviewAskDays', change.reviewAskDays, REVIEW_DAYS.leastToAsk, REVIEW_DAYS.mostToAsk),
    ...daysAreWrong('reviewAnswerDays', change.reviewAnswerDays, REVIEW_DAYS.leastToAnswer, REVIEW_DAYS.mostToAnswer),
  ];
  if (helpPhone && !PHONE.test(helpPhone))
    items.push({ field: 'helpPhone', reason: 'Write a phone number in digits, such as 01632 960001.' });
  if (helpEmail && !EMAIL.test(helpEmail))
    items.push({ field: 'helpEmail', reason: 'Write an e-mail address, such as help@example.org.' });
  if (returnAddress && !isAddress(returnAddress))
    items.push({ field: 'returnAddress', reason: 'Write 3 to 7 lines of up to 60 characters, the postcode last.' });
  if (items.length === 0) return;
  const count = items.length === 1 ? 'One setting' : `${items.length} settings`;
  throw noticePolicyRefused(`${count} cannot be kept as written.`, items);
}

function daysAreWrong(field: string, days: number | undefined, least: number, most: number): ProblemItem[] {
  if (days === undefined || (Number.isInteger(days) && days >= least && days <= most)) return [];
  return [{ field, reason: `Enter a number of days from ${least} to ${most}.` }];
}

function isAddress(lines: readonly string[]): boolean {
  const isRight = (line: string): boolean => line.trim() !== '' && line.length <= LINES.longest;
  return lines.length >= LINES.least && lines.length <= LINES.most && lines.every(isRight);
}
