import { z } from 'zod';
import { words } from '../../platform/index.ts';
import { nameCheckCodes } from '../domain/name-check.ts';

const nameCheck = z.object({ answer: z.enum(nameCheckCodes), reason: words(300).nullable().default(null) });

/** An account, a card or vouchers over HTTP, with what the bank said of the name. The name it told is not asked for: it is kept nowhere. */
export const proposedAccount = z.object({
  kind: z.enum(['bank', 'prepaid-card', 'voucher']).default('bank'),
  sortCode: z.string().default(''),
  accountNumber: z.string().default(''),
  accountName: words(100),
  nameCheck: nameCheck.optional(),
});
