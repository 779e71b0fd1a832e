import type { Allowed } from '../../kernel/index.ts';

/** Lets people follow bank files and what comes back. */
export const seeBankFiles: Allowed = { roles: ['finance', 'releaser', 'manager', 'auditor'] };
/** Lets people see the payments that came back: workers too, who ask their families. */
export const seeReturns: Allowed = { roles: ['caseworker', 'manager', 'finance', 'releaser', 'auditor'] };
