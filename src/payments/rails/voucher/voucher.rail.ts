import type { Rail } from '../rail.ts';
import type { FileTemplate } from '../template/file-template.ts';
import { writeTemplate } from '../template/write-template.ts';

/** One line a voucher, with the total at the end. */
const template: FileTemplate = {
  ...{ delimiter: ',', lineEnd: '\r\n' },
  header: [{ text: 'VOUCHERS' }, { field: 'serial' }, { field: 'createdOn' }],
  columns: [
    ...[{ text: 'V' } as const, { field: 'reference' } as const, { field: 'amount' } as const],
    ...[{ field: 'expires' } as const, { field: 'name', width: 40 } as const],
  ],
  trailer: [{ text: 'END' }, { field: 'items' }, { field: 'total' }],
};

/** Issues vouchers that a family cashes at a shop or post office. */
export const voucherRail: Rail = {
  ...{ name: 'voucher', ending: '.csv', mediaType: 'text/csv', isSameDay: true },
  write: (submission) => writeTemplate(submission.template ?? template, submission),
};
