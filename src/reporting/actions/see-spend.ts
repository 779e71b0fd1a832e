import type { Allowed } from '../../kernel/index.ts';

/** Lets people see where money went: whoever may see where the funds stand, and the operator's command line. */
export const seeSpend: Allowed = { roles: ['finance', 'manager', 'auditor', 'administrator'], machine: true };
