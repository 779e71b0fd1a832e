import { Module } from '@nestjs/common';
import { LookAtSpend } from './actions/look-at-spend.action.ts';
import { SpendController } from './http/spend.controller.ts';

/** Where money went: read from what the rooms below publish, and nothing written. */
@Module({ controllers: [SpendController], providers: [LookAtSpend], exports: [LookAtSpend] })
export class ReportingModule {}

export { LookAtSpend } from './actions/look-at-spend.action.ts';
export { seeSpend } from './actions/see-spend.ts';
export { inOrder } from './domain/order-of-parts.ts';
export { type Division, divisions, NOT_RECORDED, type SpendAsked, type SpendFilter } from './domain/spend-asked.ts';
export {
  spendAsked,
  spendFilterQuery,
  type SpendQuery,
  spendQuery,
  type Sorting,
  sortings,
} from './domain/spend-query.ts';
export { grantsFor360Giving, type PublishedGrant, type Publisher } from './domain/three-sixty-giving.ts';
export { type GrantsPublished } from './views/three-sixty-giving.view.ts';
export { FEWEST_PUBLISHED } from './domain/small-numbers.ts';
export { type PaymentOver500, paymentsOver500 } from './views/over-500.view.ts';
export { type SpendChoices, spendChoices } from './views/spend-choices.view.ts';
export { type SpendTable, spendTable, type SpendTableRow } from './views/spend-table.ts';
export { type SpentTransfer, type SpentTransfers, spentTransfers } from './views/spend-transfers.view.ts';
export { type SpendFigures, type SpendPart, type SpendReport, spendReport } from './views/spend.view.ts';
