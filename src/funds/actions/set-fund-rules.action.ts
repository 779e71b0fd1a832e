import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { type FundRules, readFundRules, writeFundRules } from '../store/fund-rules.store.ts';

/** Sets a fund's rules by the operator alone, at set-up. People propose and agree instead: `AgreeFundRules`. */
@Injectable()
export class SetFundRules {
  static readonly allowed: Allowed = { roles: [], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_fund */
  async run(actor: Actor, fundId: string, rules: FundRules): Promise<{ version: number }> {
    mustBeAllowed(actor, SetFundRules.allowed);
    return this.unitOfWork.run({ name: 'funds.set-rules', actor }, async (tx) => {
      const before = await readFundRules(tx, fundId, true);
      await writeFundRules(tx, fundId, rules);
      tx.audit({ action: 'funds.rules-set', subjectKind: 'fund', subjectId: fundId, detail: { ...rules } });
      return { version: before.version + 1 };
    });
  }
}
