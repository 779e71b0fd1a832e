import type { Allowed } from '../../kernel/index.ts';

/** Lets people follow the money through the ledger. */
export const seeLedger: Allowed = { roles: ['finance', 'auditor'] };
