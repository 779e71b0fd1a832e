import type { ProblemDocument } from '../../../platform/index.ts';
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
function differencesIn(fields: Readonly<Record<string, AnswerShown>>, form: Form, now: Answers): Difference[] {
  return Object.entries(fields)
    .map(([field, { label, say = (value: string): string => value }]) => ({
      ...{ label, shown: say(textOf(form[`was-${field}`])) },
      ...{ now: say(now[field] ?? ''), typed: say(textOf(form[field])) },
    }))
    .filter(({ shown, now: there, typed }) => shown !== there || typed !== there);
}

/** What a form that changes something shows: answers, the version they are of, and what was shown before. */
export interface ChangeForm {
  readonly values: Form | Answers;
  readonly shown: Form[string] | number | undefined;
  readonly was: Form | Answers;
  readonly differences: readonly Difference[];
}

/**
 * Gives what a form shows, at first and again after a problem, with everything that was typed.
 *
 * Only somebody who was shown what is there now may write over it: after a conflict the form carries the new version.
 */
export function changeForm(
  fields: Readonly<Record<string, AnswerShown>>,
  there: { readonly now: Answers; readonly version: number },
  form: Form,
  problem?: ProblemDocument,
): ChangeForm {
  const { now, version } = there;
  if (!problem) return { values: now, shown: version, was: now, differences: [] };
  if (problem.code === 'family_changed_meanwhile')
    return { values: form, shown: version, was: now, differences: differencesIn(fields, form, now) };
  const was = Object.fromEntries(Object.keys(fields).map((field) => [field, form[`was-${field}`] ?? '']));
  return { values: form, shown: form.version, was, differences: [] };
}

function textOf(value: Form[string] | undefined): string {
  return typeof value === 'object' ? value.join(',') : (value ?? '');
}
