import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, Money, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { notYourProposal, ownMoney, proposalDecided } from '../fund-problems.ts';
import { type ProposalCommand, type ProposalState, proposalStates } from '../proposal.states.ts';
import { moveBetweenFunds, putIntoFund } from '../store/fund-money.store.ts';
import { lockProposal, type ProposalRow, settleProposal } from '../store/proposal.store.ts';

/** Says what became of a proposal. */
export interface SettledMoney {
  readonly state: ProposalState;
}

/** Settles proposed money: approved into the ledger or declined by a second person, or taken back by the first. */
@Injectable()
export class SettleMoney {
  static readonly allowed: Allowed = { roles: ['finance', 'administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws own_fund_proposal, fund_proposal_decided, fund_overspent, budget_of_year_too_small */
  approve(actor: Actor, id: string, idempotency?: Command['idempotency']): Promise<SettledMoney> {
    return this.#settle({ actor, name: 'funds.approve-proposal', idempotency }, id, 'approve', null);
  }

  /** @throws own_fund_proposal, fund_proposal_decided */
  decline(actor: Actor, id: string, reason: string, idempotency?: Command['idempotency']): Promise<SettledMoney> {
    return this.#settle({ actor, name: 'funds.decline-proposal', idempotency }, id, 'decline', reason);
  }

  /** @throws not_your_fund_proposal, fund_proposal_decided */
  withdraw(actor: Actor, id: string, idempotency?: Command['idempotency']): Promise<SettledMoney> {
    return this.#settle({ actor, name: 'funds.withdraw-proposal', idempotency }, id, 'withdraw', null);
  }

  async #settle(command: Command, id: string, how: ProposalCommand, reason: string | null): Promise<SettledMoney> {
    mustBeAllowed(command.actor, SettleMoney.allowed);
    return this.unitOfWork.run(command, async (tx) => {
      const proposal = await lockProposal(tx, id);
      if (proposal.state !== 'proposed') throw proposalDecided(`It is ${proposal.state}.`);
      const person = personActing(tx.actor);
      checkWho(how, proposal.proposedBy === person);
      const state = nextState('The proposal', proposalStates, proposal.state, how);
      const decider = how === 'withdraw' ? null : person;
      const decidedRole = decider && (SettleMoney.allowed.roles.find((role) => tx.actor.roles.includes(role)) ?? null);
      await settleProposal(tx, id, { state, decidedBy: decider, decidedRole, reason });
      if (how === 'approve') await post(tx, proposal);
      const detail = {
        proposal: id,
        amount: proposal.amount,
        year: proposal.financialYear,
        ...(reason ? { reason } : {}),
      };
      tx.audit({ action: `funds.${proposal.kind}-${state}`, subjectKind: 'fund', subjectId: proposal.fundId, detail });
      return { state };
    });
  }
}

function checkWho(how: ProposalCommand, isMine: boolean): void {
  if (how === 'withdraw' && !isMine) throw notYourProposal('Somebody else proposed it.');
  if (how !== 'withdraw' && isMine) throw ownMoney('You proposed this yourself.');
}

async function post(tx: Transaction, proposal: ProposalRow): Promise<void> {
  const { id, kind, fundId, fromFundId, financialYear, reason, proposedBy } = proposal;
  const amount = Money.gbp(proposal.amount);
  if (kind === 'move' && fromFundId) await moveBetweenFunds(tx, { proposalId: id, fromFundId, fundId, amount });
  else await putIntoFund(tx, { fundId, financialYear, amount, reason, addedBy: proposedBy, proposalId: id });
}
