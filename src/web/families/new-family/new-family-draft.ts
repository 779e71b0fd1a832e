import { z } from 'zod';
import { checkBirth, checkDue, checkReference, type NewFamily, type NewPerson } from '../../../families/index.ts';
import type { PlainDate } from '../../../kernel/index.ts';
import { inputRefused, words } from '../../../platform/index.ts';
import { dateField } from '../../pages/date-field.ts';
import { type Form, read } from '../../pages/index.ts';
import { bankIn, firstReachIn, neededDay, ownerIn, placeIn } from '../family-forms.ts';

/** A family somebody is adding: what they typed, step by step. */
export interface NewFamilyDraft {
  readonly answers: Readonly<Partial<Record<Step, Form>>>;
  readonly people: readonly Form[];
}
export const EMPTY_DRAFT: NewFamilyDraft = { answers: {}, people: [] };
/** The name the draft is kept by: one family at a time. */
export const DRAFT = 'families/new';

/** The steps of adding a family, in order, by the last part of their address. */
export const steps = {
  reference: 'Reference',
  lead: 'Who leads the family',
  people: 'Other people',
  contact: 'How to reach them',
  address: 'Where they live',
  team: 'Who looks after them',
  'bank-details': 'Bank details',
} as const;
/** One of the steps of adding a family. */
export type Step = keyof typeof steps;
/** The steps in order. */
export const stepsInOrder = Object.keys(steps) as Step[];

const nameForm = z.object({ name: words(100) });
const personForm = z.object({
  relationship: z.enum(['child', 'partner', 'other', 'expected'], 'Choose who they are to the family.'),
  name: words(100).optional(),
});

type Part = Partial<NewFamily>;
type Reading = (form: Form, today: PlainDate) => Part;

/** Reads each step's form. @throws input_refused and the room's own refusals, each with its field */
const readings: Readonly<Record<Exclude<Step, 'people'>, Reading>> = {
  reference: (form) => {
    const { reference } = read(z.object({ reference: words(35) }), form);
    checkReference(reference);
    return { reference };
  },
  lead: (form, today) => {
    const { name } = read(nameForm, form);
    const born = neededDay(form, 'born', 'Enter the date of birth.');
    checkBirth(today, born);
    return { members: [{ relationship: 'lead', name, born, due: null }] };
  },
  contact: (form, today) => ({ reach: firstReachIn(form, today) }),
  address: (form) => ({ place: placeIn(form) }),
  team: (form) => ownerIn(form),
  'bank-details': (form) => ({ bank: form.skip === 'yes' ? null : bankIn(form) }),
};

/** Reads one step as far as it was answered. @throws input_refused and others, each with its field */
export function readStep(step: Step, form: Form, today: PlainDate): Part {
  return step === 'people' ? {} : readings[step](form, today);
}

/** Checks that a family told by letter has an address for it, once both were asked. @throws input_refused */
export function checkLetters({ answers }: NewFamilyDraft, today: PlainDate): void {
  if (!answers.contact || !answers.address) return;
  const { safeChannels } = firstReachIn(answers.contact, today);
  const { line1 } = placeIn(answers.address);
  if (line1 !== null || !safeChannels?.includes('letter')) return;
  const reason = 'Letters are ticked as safe: write the address, or untick letter under “How to reach them”.';
  throw inputRefused('A letter needs an address.', [{ field: 'line1', reason }]);
}

/** Reads one more person of the family. @throws input_refused, member_days_refused */
export function readPerson(form: Form, today: PlainDate): NewPerson {
  const { relationship, name } = read(personForm, form);
  if (relationship === 'expected') {
    const due = neededDay(form, 'born', 'Enter the day the baby is due.');
    checkDue(today, due);
    return { relationship: 'child', name: 'Expected baby', born: null, due };
  }
  const born = relationship === 'child' ? neededDay(form, 'born', 'Enter the date of birth.') : dateField(form, 'born');
  if (born) checkBirth(today, born);
  return { relationship, name: name ?? read(nameForm, form).name, born, due: null };
}

/** Gives the first step nobody has answered. */
export function firstOpenStep({ answers }: NewFamilyDraft): Step | undefined {
  return stepsInOrder.find((step) => !answers[step]);
}

/** Puts a finished draft together. @throws input_refused and others when a step no longer holds */
export function familyIn(draft: NewFamilyDraft, today: PlainDate): NewFamily {
  const parts = stepsInOrder.map((step) => readStep(step, draft.answers[step] ?? {}, today));
  const family = Object.assign({}, ...parts) as NewFamily;
  return { ...family, members: [...family.members, ...draft.people.map((person) => readPerson(person, today))] };
}
