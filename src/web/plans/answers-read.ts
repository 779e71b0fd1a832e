import { z } from 'zod';
import { addDays, Money, type PlainDate } from '../../kernel/index.ts';
import { inputRefused } from '../../platform/index.ts';
import { dateField } from '../pages/date-field.ts';
import type { Form } from '../pages/index.ts';

/** Pounds and pence a week as people type them, with or without the pound sign; more than nought. */
export const poundsAWeek = z
  .string()
  .transform((text) => text.replaceAll(/[£,\s]/g, ''))
  .pipe(
    z
      .string()
      .regex(/^(?!0+(?:\.0+)?$)(0|[1-9]\d{0,5})(\.\d{1,2})?$/, 'Enter pounds and pence above nought, such as 12.50.'),
  )
  .transform((text) => Money.gbp(text).toString());

/** Reads a day that must be given. @throws input_refused */
export function dayOf(form: Form, name: string, missing: string): PlainDate {
  const found = dateField(form, name);
  if (found) return found;
  throw inputRefused('A day is missing.', [{ field: `${name}-day`, reason: missing }]);
}

/** Reads a last day, and gives the day after it: the first that no longer counts. */
export function dayAfterLast(form: Form, name: string): PlainDate | null {
  const last = dateField(form, name);
  return last && addDays(last, 1);
}

/** Writes a day into three boxes, as `dateField` reads them. */
export function dayBoxes(name: string, date: PlainDate | null | undefined): Record<string, string> {
  const [year = '', month = '', day = ''] = (date ?? '').split('-');
  return { [`${name}-year`]: year, [`${name}-month`]: month.replace(/^0/, ''), [`${name}-day`]: day.replace(/^0/, '') };
}
