import { Injectable } from '@nestjs/common';
import {
  familiesWithOtherAccounts,
  instrumentsOn,
  referencesOf,
  type Seen,
  thirdPartiesAmong,
} from '../../families/index.ts';
import type { PlainDate, ProblemItem } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { bankDetailsChanged, runOutOfDate } from '../payment-problems.ts';
import type { RunKind, RunRow } from '../store/run.store.ts';

/** Finds the families a run of that pay date would price differently now than it was priced from. Registered by the pricing room. */
export type PricedDifferently = (tx: Transaction, payDate: PlainDate, seen: Seen) => Promise<string[]>;

const LISTED = 50;

/** Says what was written down after a run was priced, before somebody sends it on. */
@Injectable()
export class RunFreshness {
  readonly #differently = new Map<RunKind, PricedDifferently>();

  askedOf(kind: RunKind, differently: PricedDifferently): void {
    this.#differently.set(kind, differently);
  }

  /** Gives the references of the families whose facts changed since the run was priced. */
  async changedFamilies(tx: Transaction, run: RunRow): Promise<string[]> {
    const seen = seenBy(run);
    if (!seen) return [];
    const differently = this.#differently.get(run.kind);
    const ids = differently ? await differently(tx, run.payDate, seen) : [];
    return [...(await referencesOf(tx, ids)).values()].toSorted();
  }

  /** Stops a run that is out of date from being sent for approval. @throws run_out_of_date naming the families */
  async mustBeFresh(tx: Transaction, run: RunRow): Promise<void> {
    const changed = await this.changedFamilies(tx, run);
    if (changed.length > 0)
      throw runOutOfDate(
        `${families(changed.length)} changed since it was priced.`,
        changed.slice(0, LISTED).map(named),
      );
  }

  /**
   * Stops a release that would pay an account a family has since replaced.
   * @throws bank_details_changed naming the families
   */
  async mustPayPresentAccounts(tx: Transaction, run: RunRow): Promise<void> {
    const seen = seenBy(run);
    const ids = seen ? await familiesWithOtherAccounts(tx, seen) : [];
    if (ids.length === 0) return;
    const lines = await tx.query<{ family_id: string; instrument_id: string }>(
      `select family_id, instrument_id from payments.line where run_id = $1 and status = 'payable' and family_id = any ($2::bigint[])`,
      [run.id, ids],
    );
    const present = await instrumentsOn(tx, ids, tx.today);
    const others = await thirdPartiesAmong(
      tx,
      lines.map((line) => line.instrument_id),
    );
    const replaced = lines
      .filter((line) => !others.has(line.instrument_id) && present.get(line.family_id) !== line.instrument_id)
      .map((line) => line.family_id);
    if (replaced.length === 0) return;
    const references = [...(await referencesOf(tx, replaced)).values()];
    throw bankDetailsChanged(
      `${families(replaced.length)} got other bank details since it was priced.`,
      references.slice(0, LISTED).map(named),
    );
  }
}

function seenBy({ factsSeen, pricedOn }: RunRow): Seen | undefined {
  return factsSeen && pricedOn ? { snapshot: factsSeen, on: pricedOn } : undefined;
}

function families(n: number): string {
  return n === 1 ? 'One family' : `${n} families`;
}

function named(reference: string): ProblemItem {
  return { reason: `Family ${reference}` };
}
