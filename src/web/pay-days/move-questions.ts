import { z } from 'zod';
import { inputRefused, words } from '../../platform/index.ts';
import { dayBoxes, dayOf } from '../plans/answers-read.ts';
import { type Form, read } from '../pages/index.ts';
import type { MoveDraft, MoveStep } from './move-draft.ts';

/** How a question is filled in with what was answered, and how its form is read. */
export interface MoveQuestion {
  fill(draft: MoveDraft): object;
  take(form: Form, draft: MoveDraft): MoveDraft;
}

const day = z.enum(['1', '2', '3', '4', '5'], 'Choose a day of the week.');
const to = z.object({ payDay: day, frequencyDays: z.enum(['as-before', '7', '14', '28'], 'Choose how often.') });
const reason = z.object({ reason: words(500) });
const wait = z.object({ wait: z.enum(['yes', 'no'], 'Say whether it can wait.') });
const urgency = z.object({
  urgentReason: words(500),
  bridging: z.enum(['paid', 'not-needed'], 'Say whether the days between are paid.'),
  apology: words(500),
});

const questions: Readonly<Record<MoveStep, MoveQuestion>> = {
  to: {
    fill: ({ payDay, frequencyDays }) => ({
      payDay: payDay && String(payDay),
      frequencyDays: frequencyDays ? String(frequencyDays) : 'as-before',
    }),
    take(form, draft) {
      const { payDay, frequencyDays } = read(to, form);
      const often = frequencyDays === 'as-before' ? null : (Number(frequencyDays) as 7 | 14 | 28);
      return { ...draft, payDay: Number(payDay), frequencyDays: often };
    },
  },
  from: {
    fill: ({ from }) => dayBoxes('from', from),
    take: (form, draft) => ({ ...draft, from: dayOf(form, 'from', 'Enter the first day that may change.') }),
  },
  reason: {
    fill: (draft) => ({ reason: draft.reason }),
    take: (form, draft) => ({ ...draft, ...read(reason, form) }),
  },
  urgent: {
    fill: ({ canWait }) => (canWait === undefined ? {} : { wait: canWait ? 'yes' : 'no' }),
    take: (form, draft) => ({ ...draft, canWait: read(wait, form).wait === 'yes' }),
  },
  emergency: {
    fill: ({ urgent }) => ({ urgentReason: urgent?.reason, bridging: urgent?.bridging, apology: urgent?.apology }),
    take(form, draft) {
      const { urgentReason, bridging, apology } = read(urgency, form);
      return { ...draft, urgent: { reason: urgentReason, bridging, apology } };
    },
  },
};

/** Finds a question by its name in the address. @throws input_refused */
export function moveQuestion(step: string): MoveQuestion {
  if (step in questions) return questions[step as MoveStep];
  throw inputRefused('There is no such question.');
}
