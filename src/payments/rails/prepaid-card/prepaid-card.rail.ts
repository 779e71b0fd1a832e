import type { Rail } from '../rail.ts';
import type { FileTemplate } from '../template/file-template.ts';
import { writeTemplate } from '../template/write-template.ts';

/** A load file as one provider takes it: what to do, the card, how much, a reference. */
const template: FileTemplate = {
  ...{ delimiter: '\t', lineEnd: '\n' },
  columns: [{ text: 'B' }, { field: 'account' }, { field: 'amount' }, { field: 'reference', width: 18 }],
};

/** Loads prepaid cards. The money is on the card the day the file is taken in. */
export const prepaidCardRail: Rail = {
  ...{ name: 'prepaid-card', ending: '.txt', mediaType: 'text/plain', isSameDay: true },
  write: (submission) => writeTemplate(submission.template ?? template, submission),
};
