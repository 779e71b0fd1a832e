import { z } from 'zod';
import type { AnswersWritten, ApplicationDetail, ItemWritten } from '../../grants/index.ts';
import { defineProblem, type PlainDate } from '../../kernel/index.ts';
import { paragraphs, words } from '../../platform/index.ts';
import { amountField } from '../money/fields.ts';
import { dateField } from '../pages/date-field.ts';
import { type Form, read } from '../pages/index.ts';

const noSuchQuestion = defineProblem('no_such_grant_question', {
  status: 404,
  title: 'There is no such question about a grant',
  whatToDo: 'Begin again from the application’s page.',
});

const need = z.object({ need: paragraphs(2000) });
const child = z.object({ childNeed: paragraphs(2000) });
const identity = z.object({ identitySeen: words(200) });
const conflict = z
  .object({ conflict: z.enum(['yes', 'no'], 'Choose yes or no.'), conflictWords: words(500).optional() })
  .refine((given) => given.conflict === 'no' || given.conflictWords, {
    path: ['conflictWords'],
    message: 'Say how you know them.',
  })
  .transform(({ conflict: declared, conflictWords = '' }) => ({
    conflict: declared,
    conflictWords: declared === 'yes' ? conflictWords : '',
  }));
const emergency = z
  .object({ waits: z.enum(['yes', 'no'], 'Choose yes or no.'), emergencyReason: words(500).optional() })
  .refine((given) => given.waits === 'yes' || given.emergencyReason, {
    path: ['emergencyReason'],
    message: 'Say why it must be today.',
  })
  .transform(({ waits, emergencyReason = '' }) => ({ emergencyReason: waits === 'no' ? emergencyReason : null }));
const item = z.object({
  code: z.string('Choose what is asked for.'),
  description: words(200).optional(),
  amount: amountField,
  instrumentId: z
    .string()
    .regex(/^\d{1,18}$/, 'Choose who is paid.')
    .optional(),
  instalments: z.coerce
    .number('Enter a whole number.')
    .int('Enter a whole number.')
    .min(1, 'Enter 1 to 24.')
    .max(24, 'Enter 1 to 24.')
    .default(1),
  everyDays: z.enum(['7', '14', '28']).default('7'),
});

/** What a form answers, and whether the page stays for more of the same. */
interface Answered {
  readonly answers?: AnswersWritten;
  readonly stays: boolean;
}

/** Reads the answer to one question. @throws input_refused, no_such_grant_question */
export function answerOf(step: string, form: Form, items: ApplicationDetail['items']): Answered {
  switch (step) {
    case 'need':
      return { answers: read(need, form), stays: false };
    case 'child':
      return { answers: read(child, form), stays: false };
    case 'identity':
      return { answers: read(identity, form), stays: false };
    case 'conflict':
      return { answers: read(conflict, form), stays: false };
    case 'emergency':
      return { answers: read(emergency, form), stays: false };
    case 'items':
      return itemsAnswered(form, items.map(asWritten));
    default:
      throw noSuchQuestion('Nothing is asked at this address.');
  }
}

/** Adds an item, takes one out, or goes on. */
function itemsAnswered(form: Form, items: readonly ItemWritten[]): Answered {
  const remove = /^remove-(\d{1,2})$/.exec(String(form.do ?? ''))?.[1];
  if (remove !== undefined)
    return { answers: { items: items.filter((_, index) => String(index) !== remove) }, stays: true };
  const stays = form.do === 'add';
  if (!stays && !isBegun(form)) return { stays };
  const { everyDays, ...asked } = read(item, form);
  const firstDue: PlainDate | null = dateField(form, 'firstDue');
  return { answers: { items: [...items, { ...asked, firstDue, everyDays: Number(everyDays) }] }, stays };
}

/** Whether somebody who goes on has typed an item that is not added yet: it is not lost. */
function isBegun({ code, description, amount }: Form): boolean {
  return [code, description, amount].some((typed) => typeof typed === 'string' && typed.trim() !== '');
}

function asWritten(each: ApplicationDetail['items'][number]): ItemWritten {
  const { code, description, amount, instrumentId, firstDue, instalments, everyDays } = each;
  return { code, description, amount, instrumentId, firstDue, instalments, everyDays };
}

/** Fills a question's form with what was answered before. */
export function filledWith(step: string, application: ApplicationDetail): Record<string, string> {
  const { need: needs, childNeed, identitySeen, conflict: declared, conflictWords } = application;
  const answers: Readonly<Record<string, Record<string, string>>> = {
    ...{ need: { need: needs }, child: { childNeed }, identity: { identitySeen } },
    conflict: { conflict: declared ?? '', conflictWords },
    emergency: {
      waits: application.emergencyReason === null ? 'yes' : 'no',
      emergencyReason: application.emergencyReason ?? '',
    },
    items: { instalments: '1', everyDays: '7' },
  };
  const filled = answers[step];
  if (!filled) throw noSuchQuestion('Nothing is asked at this address.');
  return filled;
}
