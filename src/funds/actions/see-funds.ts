import type { Allowed } from '../../kernel/index.ts';

/** Lets people see where funds stand and what was proposed for them. */
export const seeFunds: Allowed = { roles: ['finance', 'manager', 'auditor', 'administrator'] };
