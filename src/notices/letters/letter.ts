import { defineProblem, type PlainDate } from '../../kernel/index.ts';
import type { Written } from '../domain/written.ts';

/** Who writes, as it stands at the head of a letter and at its end. */
export interface Sender {
  readonly name: string;
  /** The council's address, a line each. */
  readonly lines: readonly string[];
  readonly phone: string;
  readonly email: string | null;
}

/** One letter to one family: what it says, to whom, from whom and when. */
export interface Letter {
  readonly written: Written;
  /** Three to seven lines, as they show through the window; the last is a postcode. */
  readonly to: readonly string[];
  readonly from: Sender;
  /** The day it is dated: also the only time the file knows, so that the same letter is the same bytes. */
  readonly date: PlainDate;
  /** That day, written out in the letter's language. */
  readonly dateText: string;
  /** The council's number for this letter. It is printed, so it says nothing of why. */
  readonly reference: string;
  /** Nothing in the head names the council; the name stands in the closing only. */
  readonly isDiscreet: boolean;
  /** The council's own colour, `#1d4f5c`. */
  readonly colour: string;
}

/** Tells whoever makes a letter that it has more pages than the post takes. */
export const letterTooLong = defineProblem('letter_too_long', {
  status: 422,
  title: 'This letter is too long to post',
  whatToDo: 'Shorten what was written by hand. A letter has at most 10 pages.',
});

/** Tells whoever makes a letter that who it is from or to does not fit the place for it. */
export const letterHeadTooLong = defineProblem('letter_head_too_long', {
  status: 422,
  title: 'The top of this letter has no room for all of it',
  whatToDo: 'Shorten the council’s name or address, or the address the letter goes to.',
});
