import type { Allowed } from '../../kernel/index.ts';

/** Who decides something, and so has limits and may name a stand-in. */
export const actInApprovals: Allowed = { roles: ['manager', 'finance'] };
/** Who may look at what waits, who can sign it and who signed. */
export const seeApprovals: Allowed = { roles: ['caseworker', 'manager', 'finance', 'auditor', 'administrator'] };
/** Who may look at who stands in for whom, how many sign what, and when approvals are closed. */
export const seeApprovalRules: Allowed = { roles: ['manager', 'finance', 'auditor', 'administrator'] };
