import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, nextState } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { linesChanged } from '../payment-problems.ts';
import { runStates } from '../run.states.ts';
import { runCountByFund } from '../store/run-content.store.ts';
import { lockRun, type RunRow } from '../store/run.store.ts';
import { amendRun } from './amend-run.ts';
import { mustBeAsSeen } from './as-seen.ts';

/** Why a person holds a payment. */
export const holdCategories = [
  ...['contact-lost', 'bank-details-doubtful', 'left-the-area', 'safeguarding', 'assessment-due', 'other'],
] as const;

/** Lines to be let go, and why. */
export interface LinesToRelease {
  readonly lineIds: readonly string[];
  readonly reason: string;
  /** The run's version as the person saw it: another one is refused. */
  readonly seen?: number;
}

/** Lines to be held, and why. */
export interface LinesAndReason extends LinesToRelease {
  readonly category: string;
}

/** What a run would pay after its lines changed. */
export interface RunAfter {
  readonly payable: number;
  readonly held: number;
  readonly total: string;
}

/** Holds lines back from a run, and lets them go again. Doing so voids any approval of the run. */
@Injectable()
export class HoldLines {
  static readonly allowed: Allowed = { roles: ['finance', 'manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws lines_not_found when any of them is not a payable line of this run, run_moved_on; then none is held */
  async hold(actor: Actor, runId: string, asked: LinesAndReason, options: Partial<Command> = {}): Promise<RunAfter> {
    mustBeAllowed(actor, HoldLines.allowed);
    return this.unitOfWork.run({ name: 'payments.hold-lines', actor, ...options }, async (tx) => {
      const run = await this.#changeable(tx, runId, 'Lines were held.', asked.seen);
      const held = await tx.query<{ source_id: string }>(
        `update payments.line set status = 'held', hold_code = $3
          where run_id = $1 and id = any ($2::bigint[]) and status = 'payable' returning source_id`,
        [run.id, asked.lineIds, asked.category],
      );
      if (held.length !== new Set(asked.lineIds).size)
        throw linesChanged(`${held.length} of ${asked.lineIds.length} are payable lines of this run.`);
      await tx.query(
        `insert into payments.hold (authority_id, run_id, source_id, category, reason, held_by)
         select $1, $2, unnest($3::bigint[]), $4, $5, $6`,
        [actor.authorityId, run.id, held.map((line) => line.source_id), asked.category, asked.reason, actor.userId],
      );
      return this.#after(tx, run, 'payments.lines-held', { lines: asked.lineIds, category: asked.category });
    });
  }

  /** Lets lines go that a person held. What pricing held stays until its cause is gone and the run is priced again. */
  async release(
    actor: Actor,
    runId: string,
    { lineIds, reason, seen }: LinesToRelease,
    options: Partial<Command> = {},
  ): Promise<RunAfter> {
    mustBeAllowed(actor, HoldLines.allowed);
    return this.unitOfWork.run({ name: 'payments.release-lines', actor, ...options }, async (tx) => {
      const run = await this.#changeable(tx, runId, 'Held lines were released.', seen);
      const freed = await tx.query<{ source_id: string }>(
        `update payments.hold h set released_by = $3, released_at = now(), release_reason = $4
           from payments.line l
          where l.run_id = $1 and l.id = any ($2::bigint[]) and l.status = 'held' and h.run_id = l.run_id
            and h.source_id = l.source_id and h.released_at is null and h.category = l.hold_code returning h.source_id`,
        [run.id, lineIds, actor.userId, reason],
      );
      if (freed.length !== new Set(lineIds).size)
        throw linesChanged(`${freed.length} of ${lineIds.length} are lines a person held.`);
      await tx.query(
        `update payments.line set status = 'payable', hold_code = null where run_id = $1 and id = any ($2::bigint[])`,
        [run.id, lineIds],
      );
      return this.#after(tx, run, 'payments.lines-released', { lines: lineIds, reason });
    });
  }

  async #changeable(tx: Transaction, runId: string, why: string, seen?: number): Promise<RunRow> {
    const found = await lockRun(tx, runId);
    mustBeAsSeen(found, seen);
    const run = await amendRun(tx, found, why);
    // Lines change only while the run could still be priced: the same edge says so.
    nextState('The run', runStates, run.state, 'price');
    return run;
  }

  async #after(tx: Transaction, run: RunRow, action: string, detail: Record<string, unknown>): Promise<RunAfter> {
    const content = await runCountByFund(tx, run.id);
    await tx.query(
      `update payments.run set line_count = $2, held_count = $3, total = $4, by_fund = $5, version = version + 1 where id = $1`,
      [run.id, content.n, content.held, content.total.toString(), JSON.stringify(content.byFund)],
    );
    tx.audit({ action, subjectKind: 'run', subjectId: run.id, detail });
    return { payable: content.n, held: content.held, total: content.total.toString() };
  }
}
