import { z } from 'zod';
import { addDays, defineProblem } from '../../../kernel/index.ts';
import { words } from '../../../platform/index.ts';
import type { PlanChangeKind, PlanChangeTerms, UrgentChange } from '../../../subsistence/index.ts';
import { type Form, read } from '../../pages/index.ts';
import { dayAfterLast, dayOf, poundsAWeek } from '../answers-read.ts';

const noSuchChange = defineProblem('no_such_kind_of_change', {
  status: 404,
  title: 'Plans are not changed in that way',
  whatToDo: 'Go back to the plan and choose what to change.',
});

const why = z.object({ reason: words(500) });
const emergency = z.object({ urgentReason: words(500), apology: words(1000) });
const topUp = why.extend({
  who: z.string('Choose who it is for.').regex(/^(family|\d{1,18})$/, 'Choose who it is for.'),
  weekly: poundsAWeek,
});
const endTopUp = why.extend({ topUpId: z.string('Choose a top-up.').regex(/^\d{1,18}$/, 'Choose a top-up.') });
const override = why.extend({ amount: z.enum(['rates', 'override'], 'Choose how the amount is worked out.') });
const standard = why.extend({ standard: z.enum(['subsistence', 'welfare'], 'Choose a standard.') });

/** How the form of each kind of change is read. People write last days; changes count up to the day after. */
const readers: Readonly<Record<PlanChangeKind, (form: Form) => PlanChangeTerms>> = {
  end: (form) => ({
    ...{ kind: 'end', ...read(why, form) },
    from: addDays(dayOf(form, 'from', 'Enter the last day of support.'), 1),
  }),
  'top-up': (form) => {
    const { who, weekly, reason } = read(topUp, form);
    const from = dayOf(form, 'from', 'Enter the first day of the top-up.');
    return {
      kind: 'top-up',
      reason,
      weekly,
      from,
      to: dayAfterLast(form, 'to'),
      memberId: who === 'family' ? null : who,
    };
  },
  'end-top-up': (form) => ({
    ...{ kind: 'end-top-up', ...read(endTopUp, form) },
    from: addDays(dayOf(form, 'from', 'Enter the last day of the top-up.'), 1),
  }),
  override: (form) => {
    const { amount, reason } = read(override, form);
    const weekly = amount === 'rates' ? null : read(z.object({ weekly: poundsAWeek }), form).weekly;
    return { kind: 'override', reason, weekly, from: dayOf(form, 'from', 'Enter the first day it holds.') };
  },
  standard: (form) => ({ kind: 'standard', ...read(standard, form) }),
};

/** Says whether an address names a kind of change. @throws no_such_kind_of_change */
export function changeKind(text: string): PlanChangeKind {
  if (!Object.hasOwn(readers, text)) throw noSuchChange('Nothing is changed at this address.');
  return text as PlanChangeKind;
}

/** Reads what a form says should change. @throws input_refused */
export function readChange(kind: PlanChangeKind, form: Form): PlanChangeTerms {
  return { ...readers[kind](form), urgent: readUrgent(form) };
}

/** Reads why something cannot wait for its notice, and the apology; nothing when it can. @throws input_refused */
export function readUrgent(form: Form): UrgentChange | null {
  if (form.cannotWait !== 'yes') return null;
  const { urgentReason: reason, apology } = read(emergency, form);
  return { reason, apology };
}
