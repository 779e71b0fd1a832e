import { Injectable } from '@nestjs/common';
import { type Answer, decideAdministration, mustBeForAnother } from '../../identity/index.ts';
import { type Actor, type Allowed, Money, mustBeAllowed, personActing, type PlainDate } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import type { RateComponent } from '../domain/entitlement/facts.ts';
import { lookForFalls } from '../fall-jobs.ts';
import { decideRateProposal, readRateProposal } from '../store/rate-proposal.store.ts';
import { insertRates } from '../store/rate.store.ts';

/** Approves or refuses proposed rates, as the second person. Approved ones are in force from their day. */
@Injectable()
export class DecideRates {
  static readonly allowed: Allowed = decideAdministration;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws proposed_by_yourself, proposal_not_waiting, no_such_proposal, rate_exists */
  async run(
    actor: Actor,
    proposalId: string,
    { outcome, reason }: Answer,
    idempotency?: Command['idempotency'],
  ): Promise<{ outcome: Answer['outcome']; effectiveFrom: PlainDate }> {
    mustBeAllowed(actor, DecideRates.allowed);
    const me = personActing(actor);
    return this.unitOfWork.run({ name: 'subsistence.decide-rates', actor, idempotency }, async (tx) => {
      const proposal = await readRateProposal(tx, proposalId, true);
      mustBeForAnother(proposal, me);
      await decideRateProposal(tx, proposalId, outcome, me, reason);
      const { rateTable, effectiveFrom, proposedBy, amounts } = proposal;
      if (outcome === 'approved') {
        const behind = { rateTable, effectiveFrom, proposedBy, approvedBy: me, rationale: proposal.reason, proposalId };
        const rates = Object.entries(amounts).map(([component, weekly]) => ({
          ...{ ...behind, component: component as RateComponent, weekly: Money.gbp(weekly) },
        }));
        await insertRates(tx, rates);
        // Families whose amount falls by them are told at once, not by tomorrow's look ahead.
        tx.announce({
          topic: lookForFalls,
          key: `rates-${proposalId}-0`,
          payload: { after: '0', because: `rates-${proposalId}` },
        });
      }
      const action = outcome === 'approved' ? 'subsistence.rates-approved' : 'subsistence.rates-refused';
      const detail = { rateTable, effectiveFrom, amounts };
      tx.audit({ action, subjectKind: 'rate-proposal', subjectId: proposalId, detail });
      return { outcome, effectiveFrom };
    });
  }
}
