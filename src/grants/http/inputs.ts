import { z } from 'zod';
import { givers, waysBack } from '../../payments/index.ts';
import { day, paragraphs, words } from '../../platform/index.ts';

export const id = z.string().regex(/^\d{1,18}$/, 'Use a number this API gave you.');
/** Pounds and pence above nought, as text. */
export const above = z
  .string()
  .regex(/^(?!0+(?:\.0+)?$)(0|[1-9]\d{0,8})(\.\d{1,2})?$/, 'Write pounds and pence above nought, as "12.50".');
const upToAsked = z.string().regex(/^(0|[1-9]\d{0,8})(\.\d{1,2})?$/, 'Write pounds and pence, as "12.50".');

const item = z
  .object({
    code: words(40),
    description: words(200).optional(),
    amount: above,
    instrumentId: id.nullable().optional(),
    firstDue: day.nullable().optional(),
    instalments: z.number().int().min(1).max(24).optional(),
    everyDays: z.union([z.literal(7), z.literal(14), z.literal(28)]).optional(),
  })
  .strict();

/** What an application says; what is left out stays as it was. */
export const answers = z
  .object({
    fundCode: words(40),
    need: paragraphs(2000),
    childNeed: paragraphs(2000),
    identitySeen: words(200),
    conflict: z.enum(['yes', 'no']),
    conflictWords: words(500),
    emergencyReason: words(500).nullable(),
    items: z.array(item).max(30, 'Ask for at most 30 items.'),
  })
  .partial()
  .strict();
export const starting = answers.extend({ fundCode: words(40), topsUp: id.nullable().optional() });
export const cancelling = z.object({ reason: words(500), instalmentIds: z.array(id).min(1).max(500).optional() });
export const givingBack = z.object({
  parts: z
    .array(z.object({ paymentId: id, amount: above }).strict())
    .min(1)
    .max(100),
  givenBy: z.enum(givers),
  way: z.enum(waysBack),
  expectedOn: day,
  reason: words(500),
});
export const lookingAgain = z.object({ agreed: z.boolean(), note: words(500) });
/** The version the caller saw; left out, any is taken. */
export const seen = z.number().int().positive().optional();
export const changing = answers.extend({ seen });
export const submitting = z.object({ seen });
export const recommending = z.object({ recommendation: paragraphs(2000), seen });
export const resolving = z.object({ note: words(500) });
export const saying = z.object({ reason: words(500) });
export const deciding = z.object({
  outcome: z.enum(['approved', 'changes_asked', 'declined']),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/, 'Send the fingerprint you saw.'),
  reason: z.string().trim().max(2000).default(''),
  wouldChange: z.string().trim().max(2000).default(''),
  signposts: z.array(id).max(10).default([]),
  interest: z
    .discriminatedUnion('declared', [
      z.object({ declared: z.literal('none') }).transform((none) => ({ ...none, about: '' })),
      z.object({ declared: z.literal('conflict'), about: words(500) }),
    ])
    .optional(),
  awarded: z
    .array(z.object({ itemId: id, amount: upToAsked }).strict())
    .max(30)
    .default([]),
});
