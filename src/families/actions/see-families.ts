import type { Allowed } from '../../kernel/index.ts';

/** Who may look at families. */
export const seeFamilies: Allowed = { roles: ['caseworker', 'manager', 'finance', 'auditor', 'administrator'] };
