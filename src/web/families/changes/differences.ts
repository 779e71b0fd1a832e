import type { Form } from '../../pages/index.ts';

/** One answer that two people changed: what this one saw, what is there now, what they typed. */
export interface Difference {
  readonly label: string;
  readonly shown: string;
  readonly now: string;
  readonly typed: string;
}

/** Answers by field, as a form shows them. */
export type Answers = Readonly<Record<string, string | null>>;

/** What an answer is called, and how one is said where it is kept as a code. */
export interface AnswerShown {
  readonly label: string;
  readonly say?: (value: string) => string;
}

/** Finds what somebody else changed between showing a form and sending it. The form carries what it showed as `was-FIELD`. */
export function differencesIn(fields: Readonly<Record<string, AnswerShown>>, form: Form, now: Answers): Difference[] {
  return Object.entries(fields)
    .map(([field, { label, say = (value: string): string => value }]) => ({
      ...{ label, shown: say(textOf(form[`was-${field}`])) },
      ...{ now: say(now[field] ?? ''), typed: say(textOf(form[field])) },
    }))
    .filter(({ shown, now: there, typed }) => shown !== there || typed !== there);
}

function textOf(value: Form[string] | undefined): string {
  return typeof value === 'string' ? value : '';
}
