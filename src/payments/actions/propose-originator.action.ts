import { Injectable } from '@nestjs/common';
import { decideAdministration, mustBeForAnother, type Answer } from '../../identity/index.ts';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import type { Originator } from '../rails/rail.ts';
import { insertOriginatorProposal, lockOriginatorProposal, putOriginator } from '../store/originator.store.ts';

/** Proposes and decides who the council is to the bank: the account every payment is drawn on takes two people. */
@Injectable()
export class ProposeOriginator {
  static readonly allowed: Allowed = { roles: ['administrator'] };
  static readonly deciders: Allowed = decideAdministration;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the proposal's number @throws already_proposed */
  async run(
    actor: Actor,
    originator: Originator,
    reason: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ proposalId: string }> {
    mustBeAllowed(actor, ProposeOriginator.allowed);
    return this.unitOfWork.run({ name: 'payments.propose-originator', actor, idempotency }, async (tx) => {
      const proposalId = await insertOriginatorProposal(tx, originator, reason, personActing(actor));
      tx.audit({
        ...{ action: 'payments.originator-proposed', subjectKind: 'originator-proposal', subjectId: proposalId },
      });
      return { proposalId };
    });
  }

  /** Approves or refuses as the second person; approved, the next bank file is drawn on it. @throws proposed_by_yourself, proposal_not_waiting */
  async decide(
    actor: Actor,
    proposalId: string,
    { outcome, reason }: Answer,
    idempotency?: Command['idempotency'],
  ): Promise<{ outcome: Answer['outcome'] }> {
    mustBeAllowed(actor, ProposeOriginator.deciders);
    const me = personActing(actor);
    return this.unitOfWork.run({ name: 'payments.decide-originator', actor, idempotency }, async (tx) => {
      const proposal = await lockOriginatorProposal(tx, proposalId);
      mustBeForAnother(proposal, me);
      await tx.query(
        `update payments.originator_proposal set state = $2, decided_by = $3, decided_at = now(), decided_because = $4 where id = $1`,
        [proposalId, outcome, me, reason],
      );
      if (outcome === 'approved') await putOriginator(tx, proposal);
      const action = outcome === 'approved' ? 'payments.originator-set' : 'payments.originator-refused';
      tx.audit({ action, subjectKind: 'originator-proposal', subjectId: proposalId });
      return { outcome };
    });
  }
}
