import { z } from 'zod';
import { checkBirth, checkDue, checkReference, type NewFamily, type NewPerson } from '../../../families/index.ts';
import { DomainError, type PlainDate } from '../../../kernel/index.ts';
import { inputRefused, words } from '../../../platform/index.ts';
import { dateField } from '../../pages/date-field.ts';
import { type Form, read } from '../../pages/index.ts';
import { bankIn, firstReachIn, neededDay, ownerIn, placeIn, reachIn } from '../family-forms.ts';

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
  'safe-ways': 'Which ways are safe',
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
type Reading = (form: Form, today: PlainDate, answers: NewFamilyDraft['answers']) => Part;

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
  contact: (form) => ({ reach: reachIn(form) }),
  address: (form) => ({ place: placeIn(form) }),
  'safe-ways': safeWaysIn,
  team: (form) => ownerIn(form),
  'bank-details': (form) => ({ bank: form.skip === 'yes' ? null : bankIn(form) }),
};

/** Reads one step as far as it was answered. @throws input_refused and others, each with its field */
export function readStep(step: Step, form: Form, today: PlainDate, answers: NewFamilyDraft['answers']): Part {
  return step === 'people' ? {} : readings[step](form, today, answers);
}

/** What a way lacks was asked on an earlier page, so it is said at the way. */
function safeWaysIn(form: Form, today: PlainDate, { contact = {}, address = {} }: NewFamilyDraft['answers']): Part {
  try {
    return { reach: firstReachIn({ ...contact, ...form }, placeIn(address), today) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const isHere = (field: string | undefined): boolean => field === 'firstChannel';
    const items = error.items.map((item) => (isHere(item.field) ? item : { ...item, field: 'safeChannels' }));
    throw inputRefused(error.message, items);
  }
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

/** Says whether a step was answered, and the answer holds beside the others. */
export function isDone(step: Step, { answers }: NewFamilyDraft, today: PlainDate): boolean {
  const form = answers[step];
  try {
    return form !== undefined && Boolean(readStep(step, form, today, answers));
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** Gives the first step nobody has answered, or whose answer no longer holds beside the others. */
export function firstOpenStep(draft: NewFamilyDraft, today: PlainDate): Step | undefined {
  return stepsInOrder.find((step) => !isDone(step, draft, today));
}

/** Puts a finished draft together. @throws input_refused and others when a step no longer holds */
export function familyIn(draft: NewFamilyDraft, today: PlainDate): NewFamily {
  const parts = stepsInOrder.map((step) => readStep(step, draft.answers[step] ?? {}, today, draft.answers));
  const family = Object.assign({}, ...parts) as NewFamily;
  return { ...family, members: [...family.members, ...draft.people.map((person) => readPerson(person, today))] };
}
