import type { ProblemItem } from '../../kernel/index.ts';

/** What a bank's check of the name on an account comes to. */
export type NameCheckResult = 'match' | 'close-match' | 'no-match' | 'unavailable' | 'not-asked';

/** An answer a person may have had, and what it means to somebody who does not know the codes. */
interface Answer {
  readonly result: NameCheckResult;
  readonly meaning: string;
}

const answer = (result: NameCheckResult, meaning: string): Answer => ({ result, meaning });

/**
 * Every answer to the name check, for whoever proposes an account: the banks' codes, and ours where they have none.
 *
 * What says nothing of the name counts as unavailable (decision 0045).
 * @source Confirmation of Payee, reason codes
 */
export const nameCheckAnswers = {
  'not-asked': answer('not-asked', 'Nobody asked the bank'),
  match: answer('match', 'The name is that of the account'),
  MBAM: answer('close-match', 'The name is nearly that of the account'),
  BANM: answer('close-match', 'The name is that of the account, which is a business one'),
  PANM: answer('close-match', 'The name is that of the account, which is a personal one'),
  BAMM: answer('close-match', 'The name is nearly that of the account, which is a business one'),
  PAMM: answer('close-match', 'The name is nearly that of the account, which is a personal one'),
  ANNM: answer('no-match', 'The name is not that of the account'),
  AC01: answer('no-match', 'There is no such account'),
  IVCR: answer('no-match', 'The roll number is wrong'),
  CASS: answer('no-match', 'The account was moved to another bank'),
  ACNS: answer('unavailable', 'The bank checks no names of this kind of account'),
  OPTO: answer('unavailable', 'The holder of the account lets nobody check the name'),
  SCNS: answer('unavailable', 'The bank checks no names'),
  'no-answer': answer('unavailable', 'The check did not answer'),
} as const satisfies Readonly<Record<string, Answer>>;
/** One of the answers to the name check. */
export type NameCheckAnswer = keyof typeof nameCheckAnswers;
/** All of them, in the order they are asked in. */
export const nameCheckCodes = Object.keys(nameCheckAnswers) as [NameCheckAnswer, ...NameCheckAnswer[]];

/** What a bank said of the name on an account. The name it may have told is kept nowhere. */
export interface NameCheck {
  readonly answer: NameCheckAnswer;
  /** Why the account is right all the same: needed where the name does not match. */
  readonly reason: string | null;
}

/** What is so where nobody says otherwise. */
export const NOT_ASKED: NameCheck = { answer: 'not-asked', reason: null };

/** Lists what is missing of a name check, for whoever proposes the account. */
export function nameCheckProblems({ answer: given, reason }: NameCheck): ProblemItem[] {
  if (nameCheckAnswers[given].result !== 'no-match' || (reason ?? '').trim() !== '') return [];
  return [{ field: 'nameCheckReason', reason: 'Write why this account is right although the name check says no.' }];
}
