import type { Rail } from '../rail.ts';
import type { FileTemplate } from '../template/file-template.ts';
import { writeTemplate } from '../template/write-template.ts';

/** A bulk list as banks' own pages take it, with the names of the columns first. */
const template: FileTemplate = {
  ...{ delimiter: ',', lineEnd: '\r\n' },
  header: ['Sort code', 'Account number', 'Name', 'Amount', 'Reference'].map((text) => ({ text })),
  columns: [
    ...[{ field: 'sortCode' } as const, { field: 'account' } as const, { field: 'name', width: 18 } as const],
    ...[{ field: 'amount' } as const, { field: 'reference', width: 18 } as const],
  ],
};

/** Pays accounts the same day: for a family without money, or a run whose file was lost. */
export const fasterPaymentsRail: Rail = {
  ...{ name: 'faster-payments', ending: '.csv', mediaType: 'text/csv', isSameDay: true },
  write: (submission) => writeTemplate(submission.template ?? template, submission),
};
