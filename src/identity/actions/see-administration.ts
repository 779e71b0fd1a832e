import type { Allowed } from '../../kernel/index.ts';

/** Who may look at how the council is set up. */
export const seeAdministration: Allowed = { roles: ['administrator', 'auditor', 'finance', 'manager'], machine: true };
/** Who may look at people's accounts. */
export const seePeople: Allowed = { roles: ['administrator', 'auditor'], machine: true };
/** Who may decide, as the second person, about what an administrator proposed. */
export const decideAdministration: Allowed = { roles: ['administrator', 'finance'] };
