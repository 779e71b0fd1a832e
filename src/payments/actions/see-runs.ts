import type { Allowed } from '../../kernel/index.ts';

/** Who may look at runs, their lines and their totals. */
export const seeRuns: Allowed = { roles: ['finance', 'releaser', 'manager', 'auditor', 'administrator'] };
