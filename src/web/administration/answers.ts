import { z } from 'zod';
import { answering } from '../../identity/index.ts';
import { Money, type PlainDate, type Role, roles } from '../../kernel/index.ts';
import { inputRefused, words } from '../../platform/index.ts';
import { dateField } from '../pages/date-field.ts';
import type { Form, Visit } from '../pages/index.ts';

/** Pounds and pence as a person types them: a pound sign and commas are taken off. */
export const pounds = z
  .string()
  .transform((text) => text.replaceAll(/[£,\s]/g, ''))
  .pipe(z.string().regex(/^(0|[1-9]\d{0,11})(\.\d{1,2})?$/, 'Enter pounds and pence, such as 49.18.'))
  .transform((text) => Money.gbp(text));

/** Why somebody does this. */
export const reason = words(500);

/** The version of a thing as the form showed it. */
export const version = z.coerce.number().int();

/** Boxes that share a name: none, one, or several ticked. */
export const someRoles = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given) => (Array.isArray(given) ? given : [given]))
  .pipe(z.array(z.enum(roles)));

/** What a second person says to a proposal: a refusal says why. */
export const answer = answering
  .extend({ outcome: z.enum(['approved', 'refused'], 'Choose one.') })
  .refine((given) => given.outcome === 'approved' || given.reason !== '', {
    ...{ message: 'Say why, so that the proposer can do better.', path: ['reason'] },
  });

/** Reads a day that must be given. @throws input_refused */
export function dayNeeded(form: Form, name: string): PlainDate {
  const day = dateField(form, name);
  if (!day) throw inputRefused('A day is missing.', [{ field: `${name}-day`, reason: 'Enter a day.' }]);
  return day;
}

/** Says whether the person on a page holds one of some roles. */
export function holds(visit: Visit, ...some: readonly Role[]): boolean {
  return visit.person.roles.some((role) => some.includes(role));
}
