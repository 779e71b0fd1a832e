import { isPlainDate, type PlainDate } from '../../kernel/index.ts';
import { inputRefused } from '../../platform/index.ts';
import type { Form } from './visit.ts';

/** Reads a date asked in three boxes, `NAME-day`, `NAME-month`, `NAME-year`; null when all are empty. @throws input_refused */
export function dateField(form: Form, name: string): PlainDate | null {
  const [year, month, day] = ['year', 'month', 'day'].map((part) => String(form[`${name}-${part}`] ?? '').trim());
  if (!year && !month && !day) return null;
  const text = `${year?.padStart(4, '0')}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  if (isPlainDate(text)) return text;
  const reason = 'Enter a day that exists, such as 1 12 2026.';
  throw inputRefused('A date needs another look.', [{ field: `${name}-day`, reason }]);
}
