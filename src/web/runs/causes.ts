import { holdCategories } from '../../payments/index.ts';

/** Why a payment is held, as people read it. */
export interface Cause {
  readonly name: string;
  /** What is the matter. */
  readonly what: string;
  /** What to do about it. */
  readonly todo: string;
  /** True when pricing holds it: it is let go by pricing again, once its cause is gone. */
  readonly isByPricing: boolean;
}

const byPricing: Readonly<Record<string, Omit<Cause, 'isByPricing'>>> = {
  'no-bank-details': {
    ...{ name: 'No bank details', what: 'The family has no approved account that can be used yet.' },
    todo: 'Propose bank details on the family’s page. When a second person approved them, price the run again.',
  },
  'nothing-due': {
    ...{ name: 'Nothing due', what: 'The days come to nothing, or only to what was paid too much before.' },
    todo: 'See how it was worked out. Where that is right, there is nothing to do.',
  },
  'no-rate': {
    ...{ name: 'No rate', what: 'No rate is in force for somebody in the family on some of these days.' },
    todo: 'Ask an administrator to add the rate. Then price the run again.',
  },
  'earlier-run-open': {
    ...{ name: 'An earlier run is open', what: 'Another run that is not posted yet pays days of this family.' },
    todo: 'Post or cancel the earlier run. This run then prices itself again.',
  },
};

const byPeople: Readonly<Record<(typeof holdCategories)[number], string>> = {
  'contact-lost': 'Contact lost',
  'bank-details-doubtful': 'Bank details in doubt',
  'left-the-area': 'Left the area',
  safeguarding: 'Safeguarding',
  'assessment-due': 'Assessment due',
  other: 'Another reason',
};

/** The reasons a person can hold a payment for, to choose from. */
export const categoriesToChoose = holdCategories.map((value) => ({ value, text: byPeople[value] }));

/** Every cause a payment can be held for, to narrow a list by. */
export const causeChoices = [
  ...Object.entries(byPricing).map(([value, { name }]) => ({ value, text: name })),
  ...categoriesToChoose,
];

/** Explains why a payment is held. */
export function causeOf(code: string): Cause {
  const known = byPricing[code];
  if (known) return { ...known, isByPricing: true };
  const name = byPeople[code as keyof typeof byPeople] ?? code;
  const what = 'A person held it, with a reason.';
  return { name, what, todo: 'Tick it and let it go when the reason is gone.', isByPricing: false };
}
