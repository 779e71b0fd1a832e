import { sqlMigration } from './sql-migration.ts';

const OF_RETURNS = `'0', '2', '3', '5', 'B', 'C', 'expired'`;
const OF_INPUT = Array.from('ABCDEFGHIJKLMNOP', (code) => `'input-${code}'`).join(', ');

/** Lets a payment that Bacs refuses as the file comes in be one that came back, with the code of the input report. */
export const RefusePaymentsAtInput = sqlMigration(
  'RefusePaymentsAtInput1790000000064',
  `
alter table payments.returned_payment drop constraint ck_return_code_is_known,
  add constraint ck_return_code_is_known check (code in (${OF_RETURNS}, ${OF_INPUT}));
`,
  `
alter table payments.returned_payment drop constraint ck_return_code_is_known,
  add constraint ck_return_code_is_known check (code in (${OF_RETURNS}));
`,
);
