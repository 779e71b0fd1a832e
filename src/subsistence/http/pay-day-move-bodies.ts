import { z } from 'zod';
import { day, words } from '../../platform/index.ts';
import type { MoveAsked } from '../views/move-preview.view.ts';
import type { WhoMoves } from '../views/plans-to-move.view.ts';

const weekday = z.number().int().min(1).max(5).describe('1 = Monday');
const written = z.string().trim().min(1).max(100).optional();
const everyone = { reference: written, team: written, ward: written, payDay: weekday.optional() };
const whose = z.union([
  z.object({ plan: z.string().regex(/^\d{1,18}$/, 'Use a number this API gave you.') }).strict(),
  z.object(everyone).strict(),
]);

/** A move of pay days in a request. */
export const moving = z
  .object({
    families: whose,
    payDay: weekday,
    frequencyDays: z
      .union([z.literal(7), z.literal(14), z.literal(28)])
      .nullable()
      .default(null),
    from: day,
    reason: words(500),
    urgent: z
      .object({ reason: words(500), bridging: z.enum(['paid', 'not-needed']), apology: words(500) })
      .strict()
      .nullable()
      .default(null),
    /** What the preview gave; absent where nobody looked. */
    seen: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .strict();

/** Reads a move from a request: whose, and what. */
export function moveIn(body: unknown): { who: WhoMoves; asked: MoveAsked; seen: string | undefined } {
  const { families, seen, ...asked } = body as z.output<typeof moving>;
  if ('plan' in families) return { who: { planId: families.plan }, asked, seen };
  const { payDay, ...filter } = families;
  return { who: { filter, ...(payDay === undefined ? {} : { payDay }) }, asked, seen };
}
