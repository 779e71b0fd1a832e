import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, Money, mustBeAllowed, personActing } from '../../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../../platform/index.ts';
import { cannotBeMatched, noSuchLineOfTheBank, noSuchMatch } from '../statement-problems.ts';
import { keepMatches, matchBank, takeBack } from './match-bank.ts';
import { lockMatching } from '../store/match.store.ts';

/** So much of a line is for this. */
export interface Part {
  readonly source: string;
  readonly documentId: string;
  readonly amount: Money;
}

/** Matches a line to what a person says it was for, in parts where it was for several things; or takes a match back. */
@Injectable()
export class MatchByHand {
  static readonly allowed: Allowed = { roles: ['finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param note why it is so, for whoever looks later @throws matched_already, cannot_be_matched */
  async run(
    actor: Actor,
    lineId: string,
    parts: readonly Part[],
    note: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ matchIds: string[] }> {
    mustBeAllowed(actor, MatchByHand.allowed);
    if (parts.length === 0) throw cannotBeMatched('Nothing was chosen.');
    const userId = personActing(actor);
    return this.unitOfWork.run({ name: 'payments.match-by-hand', actor, idempotency }, async (tx) => {
      await lockMatching(tx);
      if (!(await tx.maybe(`select 1 from payments.statement_line where id = $1`, [lineId])))
        throw noSuchLineOfTheBank('No line of the bank has that number here.');
      const rows = parts.map(({ source, documentId, amount }) => ({
        ...{ lineId, source, documentId, amount: amount.toString() },
      }));
      const matchIds = await keepMatches(tx, rows, { userId, note });
      // What is certain of the rest may have changed.
      await matchBank(tx);
      const detail = { matches: matchIds.length, amount: Money.sum(parts.map((part) => part.amount)).toString() };
      tx.audit({ action: 'payments.line-matched', subjectKind: 'bank-line', subjectId: lineId, detail });
      return { matchIds };
    });
  }

  /** Takes a match back by adding; the rules do not join the two again. @throws no_such_match */
  async takeBack(
    actor: Actor,
    matchId: string,
    reason: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ lineId: string }> {
    mustBeAllowed(actor, MatchByHand.allowed);
    const by = personActing(actor);
    return this.unitOfWork.run({ name: 'payments.take-match-back', actor, idempotency }, async (tx) => {
      await lockMatching(tx);
      const match = await tx.maybe<{ lineId: string }>(
        `select line_id as "lineId" from payments.bank_match where id = $1`,
        [matchId],
      );
      if (!match) throw noSuchMatch('No match of this council has that number.');
      await takeBack(tx, [matchId], reason, by);
      await matchBank(tx);
      tx.audit({ action: 'payments.match-taken-back', subjectKind: 'bank-line', subjectId: match.lineId });
      return match;
    });
  }
}
