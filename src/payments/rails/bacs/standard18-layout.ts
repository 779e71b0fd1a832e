import { type RecordWriter, always, blank, holds, recordWriter } from './record-layout.ts';

const LABEL_WIDTH = 80;
const DATA_WIDTH = 100;

type FileLabel = 'serviceUserNumber' | 'serial' | 'createdOn' | 'expiresOn';
type Payment = 'sortCode' | 'account' | 'pence' | 'reference' | 'name';
type Originator = 'originatorSortCode' | 'originatorAccount' | 'originatorName';

/**
 * Writes each record of a Standard 18 file for a single processing day. Positions are the specification's own.
 *
 * Every value fills its field: numbers with leading noughts, texts with trailing spaces, days as `bYYDDD`.
 * @source Bacs Standard 18; positions agree across Bank of Ireland's Bacs file specification and FinDock's documentation
 */
export const standard18Records = {
  vol1: recordWriter(LABEL_WIDTH, [
    always(1, 4, 'VOL1'),
    holds(5, 10, 'serial'),
    blank(11, 41),
    holds(42, 47, 'serviceUserNumber'),
    blank(48, 79),
    always(80, 80, '1'),
  ]),
  hdr1: fileLabel('HDR1'),
  hdr2: blockLabel('HDR2'),
  uhl1: recordWriter(LABEL_WIDTH, [
    always(1, 4, 'UHL1'),
    holds(5, 10, 'processingDay'),
    always(11, 16, '999999'),
    blank(17, 20),
    always(21, 22, '00'), // sterling
    always(23, 28, '000000'), // country
    always(29, 37, '1 DAILY  '), // one processing day for the whole file
    holds(38, 40, 'fileNumber'),
    blank(41, 47),
    holds(48, 54, 'auditPrintId'),
    blank(55, 80),
  ]),
  credit: recordWriter<Payment | Originator>(DATA_WIDTH, [
    holds(1, 6, 'sortCode'),
    holds(7, 14, 'account'),
    always(15, 15, '0'), // type of account
    always(16, 17, '99'), // credit
    holds(18, 23, 'originatorSortCode'),
    holds(24, 31, 'originatorAccount'),
    blank(32, 35),
    holds(36, 46, 'pence'),
    holds(47, 64, 'originatorName'),
    holds(65, 82, 'reference'),
    holds(83, 100, 'name'),
  ]),
  contra: recordWriter<Originator | 'pence'>(DATA_WIDTH, [
    holds(1, 6, 'originatorSortCode'),
    holds(7, 14, 'originatorAccount'),
    always(15, 15, '0'),
    always(16, 17, '17'), // the debit that balances the credits
    holds(18, 23, 'originatorSortCode'),
    holds(24, 31, 'originatorAccount'),
    blank(32, 35),
    holds(36, 46, 'pence'),
    holds(47, 64, 'originatorName'),
    always(65, 82, 'CONTRA            '),
    holds(83, 100, 'originatorName'),
  ]),
  eof1: fileLabel('EOF1'),
  eof2: blockLabel('EOF2'),
  utl1: recordWriter(LABEL_WIDTH, [
    always(1, 4, 'UTL1'),
    holds(5, 17, 'debitPence'),
    holds(18, 30, 'creditPence'),
    holds(31, 37, 'debitCount'),
    holds(38, 44, 'creditCount'),
    blank(45, 80),
  ]),
};

function fileLabel(label: 'HDR1' | 'EOF1'): RecordWriter<FileLabel> {
  return recordWriter<FileLabel>(LABEL_WIDTH, [
    always(1, 4, label),
    always(5, 5, 'A'),
    holds(6, 11, 'serviceUserNumber'),
    always(12, 12, 'S'),
    blank(13, 15),
    holds(16, 21, 'serviceUserNumber'),
    holds(22, 27, 'serial'),
    always(28, 31, '0001'), // file section
    always(32, 35, '0001'), // file sequence
    blank(36, 41),
    holds(42, 47, 'createdOn'),
    holds(48, 53, 'expiresOn'),
    blank(54, 54),
    always(55, 60, '000000'), // block count
    blank(61, 80),
  ]);
}

function blockLabel(label: 'HDR2' | 'EOF2'): RecordWriter<never> {
  return recordWriter<never>(LABEL_WIDTH, [
    always(1, 4, label),
    always(5, 5, 'F'),
    always(6, 10, '02000'), // block length
    always(11, 15, '00100'), // record length of a single processing day
    blank(16, 50),
    always(51, 52, '00'),
    blank(53, 80),
  ]);
}
