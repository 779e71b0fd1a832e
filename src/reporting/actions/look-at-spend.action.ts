import { Injectable } from '@nestjs/common';
import { type JournalPlace, writePlace } from '../../ledger/index.ts';
import { type Actor, mustBeAllowed } from '../../kernel/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { spendAsked, type SpendChosen, type SpendQuery } from '../domain/spend-query.ts';
import { type SpendAnswer, spendAnswer } from '../views/spend-answer.ts';
import { type SpentTransfers, spentTransfers } from '../views/spend-transfers.view.ts';
import { type GrantsPublished, grantsPublished } from '../views/three-sixty-giving.view.ts';
import { spendReport } from '../views/spend.view.ts';
import { seeSpend } from './see-spend.ts';

/** A page of transfers, and where the next begins. */
export type PageOfTransfers = SpentTransfers & { readonly next: string | null };

/** Shows where money went to whoever may see it, and records the look. */
@Injectable()
export class LookAtSpend {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Gives the figures of a financial year; amounts are decimal text. @throws not_permitted */
  figures(actor: Actor, { sort, order, ...chosen }: SpendQuery): Promise<SpendAnswer> {
    return this.#look(actor, 'reporting.spend-seen', async (tx) => {
      return spendAnswer(await spendReport(tx, spendAsked(chosen, tx.today)), sort, order);
    });
  }

  /** Gives a page of the transfers that make up a figure, after a place. @throws not_permitted */
  transfers(
    actor: Actor,
    chosen: SpendChosen,
    after: JournalPlace | undefined,
    limit: number,
  ): Promise<PageOfTransfers> {
    return this.#look(actor, 'reporting.spend-transfers-seen', async (tx) => {
      const found = await spentTransfers(tx, spendAsked(chosen, tx.today), after, limit);
      const last = found.transfers.length === limit ? found.transfers.at(-1) : undefined;
      return { ...found, next: last ? writePlace(last) : null };
    });
  }

  /** Gives a financial year's grants as they may be published. @param year the present one where it is left out @throws not_permitted */
  grantsToPublish(actor: Actor, year?: string): Promise<GrantsPublished> {
    return this.#look(actor, 'reporting.grants-published', (tx) =>
      grantsPublished(tx, spendAsked({ year }, tx.today).year),
    );
  }

  #look<T>(actor: Actor, action: string, read: (tx: Transaction) => Promise<T>): Promise<T> {
    mustBeAllowed(actor, seeSpend);
    return this.unitOfWork.run({ name: 'reporting.look', actor }, async (tx) => {
      tx.audit({ action, subjectKind: 'spend', subjectId: '' });
      return read(tx);
    });
  }
}
