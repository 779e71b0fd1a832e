import type { Allowed } from '../../kernel/index.ts';

/** Lets people see where money went: whoever may see where the funds stand. */
export const seeSpend: Allowed = { roles: ['finance', 'manager', 'auditor', 'administrator'] };
