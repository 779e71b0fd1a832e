import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, Money, mustBeAllowed, personActing, type PlainDate } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { type Answer, mustBeForAnother } from '../domain/answer.ts';
import { type LimitProposal, limitProposal } from '../views/limits.view.ts';
import { decideAdministration } from './see-administration.ts';

/** Confirms or refuses a proposed limit, as the second person: another administrator, or finance. */
@Injectable()
export class DecideLimit {
  static readonly allowed: Allowed = decideAdministration;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the limit's number, or null when refused @throws proposed_by_yourself, proposal_not_waiting, person_limit_refused where it is your own */
  async run(
    actor: Actor,
    proposalId: string,
    { outcome, reason }: Answer,
    idempotency?: Command['idempotency'],
  ): Promise<{ limitId: string | null; effectiveFrom: PlainDate }> {
    mustBeAllowed(actor, DecideLimit.allowed);
    const me = personActing(actor);
    return this.unitOfWork.run({ name: 'identity.decide-limit', actor, idempotency }, async (tx) => {
      const proposal = await limitProposal(tx, proposalId, true);
      mustBeForAnother(proposal, me);
      await tx.query(
        `update identity.limit_proposal set state = $2, decided_by = $3, decided_at = now(), decided_because = $4 where id = $1`,
        [proposalId, outcome, me, reason],
      );
      const limitId = outcome === 'approved' ? await putInForce(tx, proposal, me) : null;
      const action = outcome === 'approved' ? 'identity.limit-set' : 'identity.limit-refused';
      const detail = {
        role: proposal.role,
        kind: proposal.kind,
        amount: Money.gbp(proposal.amount),
        limit: limitId,
        person: proposal.personId,
      };
      tx.audit({ action, subjectKind: 'limit-proposal', subjectId: proposalId, detail });
      return { limitId, effectiveFrom: proposal.effectiveFrom };
    });
  }
}

async function putInForce(tx: Transaction, proposal: LimitProposal, me: string): Promise<string> {
  const { role, kind, amount, effectiveFrom, reason, proposedBy, id, familyAmount, familyMonths, personId, lastDay } =
    proposal;
  const made = await tx.one<{ id: string }>(
    `insert into identity.delegated_limit (authority_id, role, kind, amount, effective_from, reason, set_by, confirmed_by, proposal_id,
       family_amount, family_months, person_id, last_day)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id`,
    [
      ...[
        tx.actor.authorityId,
        role,
        kind,
        amount,
        effectiveFrom,
        reason,
        proposedBy,
        me,
        id,
        familyAmount,
        familyMonths,
      ],
      ...[personId, lastDay],
    ],
  );
  return made.id;
}
