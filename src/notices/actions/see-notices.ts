import type { Allowed } from '../../kernel/index.ts';

/** Who may look at what families are told. */
export const seeNotices: Allowed = { roles: ['caseworker', 'manager', 'finance', 'auditor', 'administrator'] };
