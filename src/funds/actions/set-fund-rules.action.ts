import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { type FundRules, readFundRules, writeFundRules } from '../store/fund-rules.store.ts';

/** Tells a finance officer that somebody else changed the fund meanwhile. */
export const fundMovedOn = defineProblem('fund_moved_on', {
  status: 409,
  title: 'The fund has changed since you opened the page',
  whatToDo: 'Look at its rules as they are now, and change them again if that is still right.',
});

/** Says what a fund may buy, up to how much and how often, for finance or an administrator. Awards that are made stand. */
@Injectable()
export class SetFundRules {
  static readonly allowed: Allowed = { roles: ['finance', 'administrator'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param seen the fund's version as the person saw it @throws no_such_fund, fund_moved_on */
  async run(actor: Actor, fundId: string, rules: FundRules, seen?: number): Promise<{ version: number }> {
    mustBeAllowed(actor, SetFundRules.allowed);
    return this.unitOfWork.run({ name: 'funds.set-rules', actor }, async (tx) => {
      const before = await readFundRules(tx, fundId, true);
      if (seen !== undefined && seen !== before.version) throw fundMovedOn('Somebody changed its rules meanwhile.');
      await writeFundRules(tx, fundId, rules);
      tx.audit({ action: 'funds.rules-set', subjectKind: 'fund', subjectId: fundId, detail: { ...rules } });
      return { version: before.version + 1 };
    });
  }
}
