import { Injectable } from '@nestjs/common';
import { type Answer, decideAdministration, type LimitKind, mustBeForAnother } from '../../identity/index.ts';
import {
  type Actor,
  type Allowed,
  type Money,
  mustBeAllowed,
  personActing,
  type PlainDate,
} from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { policyDayRefused } from '../policy-problems.ts';
import { policyById, type Signer } from '../views/policies.view.ts';

/** From which amount on how many people sign something, each in which role. */
export interface NewPolicy {
  readonly kind: LimitKind;
  readonly fromAmount: Money;
  readonly signers: readonly Signer[];
  readonly effectiveFrom: PlainDate;
  readonly reason: string;
}

/** Agrees how many people sign, for an administrator and a second person. Requests submitted before keep their own steps. */
@Injectable()
export class AgreeSignatures {
  static readonly mayPropose: Allowed = { roles: ['administrator'] };
  static readonly mayDecide: Allowed = decideAdministration;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns its number @throws policy_day_refused, already_proposed */
  async propose(actor: Actor, policy: NewPolicy, idempotency?: Command['idempotency']): Promise<{ policyId: string }> {
    mustBeAllowed(actor, AgreeSignatures.mayPropose);
    return this.unitOfWork.run({ name: 'approvals.propose-signatures', actor, idempotency }, async (tx) => {
      const { kind, fromAmount, signers, effectiveFrom, reason } = policy;
      if (effectiveFrom < tx.today)
        throw policyDayRefused(`${effectiveFrom} is past.`, [
          { field: 'effectiveFrom-day', reason: 'Choose today or later.' },
        ]);
      const { id } = await tx.one<{ id: string }>(
        `insert into approvals.policy (authority_id, kind, from_amount, signers, effective_from, reason, proposed_by)
         values ($1, $2, $3, $4, $5, $6, $7) returning id`,
        [actor.authorityId, kind, fromAmount.toString(), signers, effectiveFrom, reason, personActing(actor)],
      );
      const detail = { kind, from: fromAmount, signers, effectiveFrom };
      tx.audit({ action: 'approvals.signatures-proposed', subjectKind: 'approval-policy', subjectId: id, detail });
      return { policyId: id };
    });
  }

  /** Confirms or refuses, as the second person. @throws proposed_by_yourself, proposal_not_waiting, no_such_proposal */
  async decide(
    actor: Actor,
    id: string,
    { outcome, reason }: Answer,
    idempotency?: Command['idempotency'],
  ): Promise<{ state: string }> {
    mustBeAllowed(actor, AgreeSignatures.mayDecide);
    const me = personActing(actor);
    return this.unitOfWork.run({ name: 'approvals.decide-signatures', actor, idempotency }, async (tx) => {
      const policy = await policyById(tx, id, true);
      mustBeForAnother(policy, me);
      await tx.query(
        `update approvals.policy set state = $2, decided_by = $3, decided_at = now(), decided_because = $4 where id = $1`,
        [id, outcome, me, reason],
      );
      const action = outcome === 'approved' ? 'approvals.signatures-agreed' : 'approvals.signatures-refused';
      tx.audit({ action, subjectKind: 'approval-policy', subjectId: id, detail: { kind: policy.kind } });
      return { state: outcome };
    });
  }
}
