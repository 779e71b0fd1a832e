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

/** Finds what somebody else changed between showing a form and sending it. The form carries what it showed as `was-FIELD`. */
export function differencesIn(labels: Readonly<Record<string, string>>, form: Form, now: Answers): Difference[] {
  return Object.entries(labels)
    .map(([field, label]) => ({
      ...{ label, shown: textOf(form[`was-${field}`]), now: now[field] ?? '', typed: textOf(form[field]) },
    }))
    .filter(({ shown, now: there, typed }) => shown !== there || typed !== there);
}

function textOf(value: Form[string] | undefined): string {
  return typeof value === 'string' ? value : '';
}
