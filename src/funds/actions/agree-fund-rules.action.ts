import { Injectable } from '@nestjs/common';
import { type Answer, mustBeForAnother } from '../../identity/index.ts';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { fundMovedOn } from '../fund-problems.ts';
import { type FundRules, readFundRules, writeFundRules } from '../store/fund-rules.store.ts';
import { insertRulesProposal, readRulesProposal, settleRulesProposal } from '../store/rules-proposal.store.ts';

/** Says what a fund may buy, up to how much and how often: finance or an administrator proposes it, another of them agrees. */
@Injectable()
export class AgreeFundRules {
  static readonly allowed: Allowed = { roles: ['finance', 'administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param seen the fund's version as the person saw it @throws no_such_fund, fund_moved_on, fund_rules_already_proposed */
  async propose(
    actor: Actor,
    fundId: string,
    rules: FundRules,
    { seen, reason }: { readonly seen?: number; readonly reason: string },
    idempotency?: Command['idempotency'],
  ): Promise<{ proposalId: string }> {
    mustBeAllowed(actor, AgreeFundRules.allowed);
    const proposedBy = personActing(actor);
    return this.unitOfWork.run({ name: 'funds.propose-rules', actor, idempotency }, async (tx) => {
      const { version } = await readFundRules(tx, fundId, true);
      if (seen !== undefined && seen !== version) throw fundMovedOn('Somebody changed its rules meanwhile.');
      const proposalId = await insertRulesProposal(tx, fundId, rules, { seen: version, reason, proposedBy });
      const detail = { ...rules, proposal: proposalId };
      tx.audit({ action: 'funds.rules-proposed', subjectKind: 'fund', subjectId: fundId, detail });
      return { proposalId };
    });
  }

  /**
   * Puts proposed rules in force, or refuses them, as the second person. Awards that are made stand.
   * @returns the fund's version @throws no_such_fund_proposal, proposed_by_yourself, proposal_not_waiting, fund_moved_on
   */
  async decide(
    actor: Actor,
    proposalId: string,
    { outcome, reason }: Answer,
    idempotency?: Command['idempotency'],
  ): Promise<{ fundId: string; version: number }> {
    mustBeAllowed(actor, AgreeFundRules.allowed);
    const by = personActing(actor);
    return this.unitOfWork.run({ name: 'funds.decide-rules', actor, idempotency }, async (tx) => {
      const proposal = await readRulesProposal(tx, proposalId, true);
      mustBeForAnother(proposal, by);
      const { fundId } = proposal;
      const { version } = await readFundRules(tx, fundId, true);
      if (outcome === 'approved' && version !== proposal.seen) throw fundMovedOn('They were proposed for other rules.');
      await settleRulesProposal(tx, proposalId, { state: outcome, by, because: reason });
      if (outcome === 'approved') await writeFundRules(tx, fundId, proposal);
      const action = outcome === 'approved' ? 'funds.rules-set' : 'funds.rules-refused';
      tx.audit({ action, subjectKind: 'fund', subjectId: fundId, detail: { proposal: proposalId } });
      return { fundId, version: outcome === 'approved' ? version + 1 : version };
    });
  }
}
