import { addDays, defineProblem } from '../../../kernel/index.ts';
import { inputRefused, words } from '../../../platform/index.ts';
import { z } from 'zod';
import { type Form, read } from '../../pages/index.ts';
import { dayAfterLast, dayBoxes, dayOf, poundsAWeek } from '../answers-read.ts';
import type { PlanDraft, PlanStep } from './plan-draft.ts';

/** One question of a new plan: how its answer is read into the draft, and how the draft fills the form again. */
interface PlanQuestion {
  readonly take: (form: Form, draft: PlanDraft) => PlanDraft;
  readonly fill: (draft: PlanDraft) => Record<string, string | undefined>;
}

const noSuchQuestion = defineProblem('no_such_plan_question', {
  status: 404,
  title: 'There is no such question about a plan',
  whatToDo: 'Begin again from the family’s page.',
});

const standard = z.object({
  standard: z.enum(['subsistence', 'welfare'], 'Choose a standard.'),
  standardReason: words(500).nullable().default(null),
});
const topUp = z.object({
  who: z.string().regex(/^(family|\d{1,18})$/, 'Choose who it is for.'),
  weekly: poundsAWeek,
  reason: words(500),
});
const amount = z.object({ amount: z.enum(['rates', 'override'], 'Choose how the amount is worked out.') });
const override = z.object({ weekly: poundsAWeek, overrideReason: words(500) });
const payment = z.object({
  frequencyDays: z.enum(['7', '14', '28'], 'Choose how often.'),
  payDay: z.enum(['1', '2', '3', '4', '5'], 'Choose a day of the week.'),
});
const fund = z.object({ fundId: z.string('Choose a fund.').regex(/^\d{1,18}$/, 'Choose a fund.') });

const questions: Readonly<Record<PlanStep, PlanQuestion>> = {
  days: { take: takeDays, fill: fillDays },
  standard: {
    take: takeStandard,
    fill: (draft) => ({ standard: draft.standard, standardReason: draft.standardReason ?? '' }),
  },
  'top-ups': { take: takeTopUps, fill: () => ({}) },
  amount: { take: takeAmount, fill: fillAmount },
  'pay-day': {
    take: (form, draft) => {
      const { frequencyDays, payDay } = read(payment, form);
      const days = { 7: 7, 14: 14, 28: 28 } as const;
      return { ...draft, frequencyDays: days[frequencyDays], payDay: ['', '1', '2', '3', '4', '5'].indexOf(payDay) };
    },
    fill: ({ frequencyDays, payDay }) => ({ frequencyDays: frequencyDays?.toString(), payDay: payDay?.toString() }),
  },
  fund: { take: (form, draft) => ({ ...draft, ...read(fund, form) }), fill: ({ fundId }) => ({ fundId }) },
};

/** Finds a question by its name in the address. @throws no_such_question */
export function planQuestion(step: string): PlanQuestion {
  if (!Object.hasOwn(questions, step)) throw noSuchQuestion('Nothing is asked at this address.');
  return questions[step as PlanStep];
}

function takeDays(form: Form, draft: PlanDraft): PlanDraft {
  const supportFrom = dayOf(form, 'supportFrom', 'Say from which day the family is supported.');
  const supportTo = dayAfterLast(form, 'supportTo');
  if (supportTo && supportTo <= supportFrom)
    throw inputRefused('One answer needs another look.', [
      { field: 'supportTo-day', reason: 'The last day must be on or after the first.' },
    ]);
  return { ...draft, supportFrom, supportTo };
}

function fillDays({ supportFrom, supportTo }: PlanDraft): Record<string, string> {
  return { ...dayBoxes('supportFrom', supportFrom), ...dayBoxes('supportTo', supportTo && addDays(supportTo, -1)) };
}

function takeStandard(form: Form, draft: PlanDraft): PlanDraft {
  const given = read(standard, form);
  if (given.standard === 'welfare' && !given.standardReason)
    throw inputRefused('One answer needs another look.', [
      { field: 'standardReason', reason: 'Say why the welfare standard is right for this family.' },
    ]);
  return { ...draft, ...given };
}

/** Adds a top-up, takes one out, or goes on. */
function takeTopUps(form: Form, draft: PlanDraft): PlanDraft {
  const topUps = draft.topUps ?? [];
  const remove = /^remove-(\d{1,3})$/.exec(String(form.do ?? ''))?.[1];
  if (remove !== undefined)
    return { ...draft, noMoreTopUps: false, topUps: topUps.filter((_, index) => String(index) !== remove) };
  if (form.do !== 'add') return { ...draft, topUps, noMoreTopUps: true };
  const { who, weekly, reason } = read(topUp, form);
  return {
    ...draft,
    noMoreTopUps: false,
    topUps: [...topUps, { memberId: who === 'family' ? null : who, weekly, reason }],
  };
}

function takeAmount(form: Form, draft: PlanDraft): PlanDraft {
  if (read(amount, form).amount === 'rates') return { ...draft, override: null };
  const { weekly, overrideReason } = read(override, form);
  return { ...draft, override: { weekly, reason: overrideReason } };
}

function fillAmount({ override: given }: PlanDraft): Record<string, string | undefined> {
  if (given === undefined) return {};
  return given ? { amount: 'override', weekly: given.weekly, overrideReason: given.reason } : { amount: 'rates' };
}
