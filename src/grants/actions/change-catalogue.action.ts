import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { type CatalogueWritten, putCatalogueItem } from '../store/catalogue.store.ts';

/** Adds an item to the catalogue, or changes the one of that code, for finance or an administrator. What was asked for stands. */
@Injectable()
export class ChangeCatalogue {
  static readonly allowed: Allowed = { roles: ['administrator', 'finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the item's number */
  async run(actor: Actor, item: CatalogueWritten): Promise<{ itemId: string }> {
    mustBeAllowed(actor, ChangeCatalogue.allowed);
    return this.unitOfWork.run({ name: 'grants.change-catalogue', actor }, async (tx) => {
      const itemId = await putCatalogueItem(tx, item);
      tx.audit({
        action: 'grants.catalogue-changed',
        subjectKind: 'catalogue-item',
        subjectId: itemId,
        detail: { ...item },
      });
      return { itemId };
    });
  }
}
