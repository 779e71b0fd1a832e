import { AdministrationJourney } from './administration/administration.module.ts';
import { ApprovalsJourney } from './approvals/approvals.module.ts';
import { AuditingJourney } from './auditing/auditing.module.ts';
import { AskedForJourney } from './asked-for/asked-for.module.ts';
import { BankFilesJourney } from './bank-files/bank-files.module.ts';
import { DatesJourney } from './dates/dates.module.ts';
import { DecisionsJourney } from './decisions/decisions.module.ts';
import { FamiliesJourney } from './families/families.module.ts';
import { FamilyJourney } from './family/family.module.ts';
import { GrantsJourney } from './grants/grants.module.ts';
import { HomeModule } from './home/home.module.ts';
import { MoneyJourney } from './money/money.module.ts';
import { NoticesJourney } from './notices/notices.module.ts';
import { PayDaysJourney } from './pay-days/pay-days.module.ts';
import { PlansJourney } from './plans/plans.module.ts';
import { PutRightJourney } from './put-right/put-right.module.ts';
import { RecoveriesJourney } from './recoveries/recoveries.module.ts';
import { ReconciliationJourney } from './reconciliation/reconciliation.module.ts';
import { ReferralsJourney } from './referrals/referrals.module.ts';
import { RunsJourney } from './runs/runs.module.ts';
import { SignInModule } from './sign-in/sign-in.module.ts';
import { SpendJourney } from './spend/spend.module.ts';

/** Every journey there is, one folder each. */
export const journeys = [
  // First: /families/import is no family, /pay-days/calendar no move of pay days, and /runs/grants/new no run.
  ...[PlansJourney, DatesJourney, GrantsJourney],
  ...[AskedForJourney, ReferralsJourney],
  ...[AdministrationJourney, AuditingJourney, BankFilesJourney, DecisionsJourney, FamiliesJourney],
  ...[HomeModule, MoneyJourney, NoticesJourney, PayDaysJourney, ReconciliationJourney, RunsJourney, SignInModule],
  ...[SpendJourney, FamilyJourney, ApprovalsJourney, PutRightJourney, RecoveriesJourney],
];
