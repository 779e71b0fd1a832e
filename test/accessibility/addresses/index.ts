import { administrationAddresses } from './administration.ts';
import { approvalsAddresses } from './approvals.ts';
import { auditingAddresses } from './auditing.ts';
import type { Addresses } from './addresses.ts';
import { bankFilesAddresses } from './bank-files.ts';
import { datesAddresses } from './dates.ts';
import { familyAddresses } from './family.ts';
import { familiesAddresses } from './families.ts';
import { grantsAddresses } from './grants.ts';
import { moneyAddresses } from './money.ts';
import { noticesAddresses } from './notices.ts';
import { movesHomeAddresses } from './moves-home.ts';
import { partnersAddresses } from './partners.ts';
import { payDaysAddresses } from './pay-days.ts';
import { plansAddresses } from './plans.ts';
import { reconciliationAddresses } from './reconciliation.ts';
import { runsAddresses } from './runs.ts';
import { signInAddresses } from './sign-in.ts';
import { spendAddresses } from './spend.ts';

export type { Address } from './addresses.ts';

/** Where every page is found in the scene. */
export const everyAddress: Addresses = {
  ...{ ...signInAddresses, ...familiesAddresses, ...plansAddresses, ...runsAddresses },
  ...{ ...moneyAddresses, ...administrationAddresses, ...auditingAddresses, ...noticesAddresses },
  ...{ ...bankFilesAddresses, ...datesAddresses, ...familyAddresses, ...payDaysAddresses, ...movesHomeAddresses },
  ...{ ...grantsAddresses, ...approvalsAddresses, ...partnersAddresses },
  ...{ ...spendAddresses, ...reconciliationAddresses },
};
