import type { Allowed } from '../../kernel/index.ts';

/** Who may look at applications and awards. */
export const seeGrants: Allowed = { roles: ['caseworker', 'manager', 'finance', 'auditor'] };
/** Who writes on applications. */
export const writeGrants: Allowed = { roles: ['caseworker'] };
/** Who may look at who else helps families. */
export const seeSignposts: Allowed = { roles: ['caseworker', 'manager', 'finance', 'auditor', 'administrator'] };
