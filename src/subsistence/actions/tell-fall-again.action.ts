import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, nextState } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { fallStates } from '../fall.states.ts';
import { keptLinesOf, lockFall, moveFall } from '../store/fall.store.ts';
import { HoldFalls } from './hold-falls.ts';

/** Tells a family again of an amount that falls, with a later first day, for the caseworker; until then it keeps what it has. */
@Injectable()
export class TellFallAgain {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly falls: HoldFalls,
  ) {}

  /** @returns the fall in its place @throws no_such_fall, not_in_that_state unless it is kept */
  async run(actor: Actor, fallId: string, idempotency?: Command['idempotency']): Promise<{ fallId: string }> {
    mustBeAllowed(actor, TellFallAgain.allowed);
    return this.unitOfWork.run({ name: 'subsistence.tell-fall-again', actor, idempotency }, async (tx) => {
      const fall = await lockFall(tx, fallId);
      if (fall.state !== 'kept') nextState(`Lower amount ${fallId}`, fallStates, 'replaced', 'replace');
      await moveFall(tx, fallId, 'replaced');
      const { planId, cause, memberId, fallsOn } = fall;
      const again = { planId, cause, memberId, on: fallsOn, lines: keptLinesOf(fall), replaces: fallId };
      return { fallId: (await this.falls.hold(tx, [again])).get(again) ?? '' };
    });
  }
}
