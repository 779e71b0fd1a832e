import { z } from 'zod';

/** What a decider says about themselves: no conflict of interest, or which. Read by pages and routes alike. */
export const declaration = z
  .object({
    declared: z.enum(['none', 'conflict'], 'Choose one.'),
    about: z.string().trim().max(500, 'Write at most 500 characters.').default(''),
  })
  .refine(({ declared, about }) => declared === 'none' || about !== '', {
    ...{ path: ['about'], message: 'Say what it is. Leave families’ details out.' },
  });
