import type { Allowed } from '../../kernel/index.ts';

/** Who may look at support plans. */
export const seePlans: Allowed = { roles: ['caseworker', 'manager', 'finance', 'auditor', 'administrator'] };
