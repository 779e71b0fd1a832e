/** One record of a bank's report, as read: still text, with the line of the file it stands on. */
export interface ReportRecord {
  readonly line: number;
  readonly fields: Readonly<Partial<Record<ReportField, string>>>;
}

/** What may stand in a record. The `new…` ones are the details a bank says are right. */
export const reportFields = [
  ...(['reference', 'amount', 'code', 'file', 'status', 'reason'] as const),
  ...(['newSortCode', 'newAccountNumber', 'newAccountName'] as const),
] as const;
export type ReportField = (typeof reportFields)[number];

// Names in the reports Bacs publishes (`MessagingAdvice reference reason-code payee-new-sort-code`, `ReturnedCreditItem ref
// returnCode valueOf`), and in banks' own copies of them: many spellings of the same thing are understood.
const spellings: Readonly<Record<ReportField, readonly string[]>> = {
  reference: [
    'reference',
    'ref',
    'transactionreference',
    'paymentreference',
    'creditreference',
    'usersreference',
    'sureference',
  ],
  amount: ['amount', 'valueof', 'value', 'transactionamount', 'amountofpayment', 'paymentamount', 'amountofcredit'],
  code: ['code', 'returncode', 'reasoncode', 'advicecode', 'errorcode', 'rejectioncode', 'inputcode'],
  file: ['file', 'filename', 'serial', 'serialnumber', 'submissionserialnumber', 'volumeserialnumber', 'bankreference'],
  status: ['status', 'filestatus', 'submissionstatus', 'itemstatus', 'recordstatus', 'result', 'outcome'],
  reason: [
    'reason',
    'reasontext',
    'reasoncodemeaning',
    'returndescription',
    'errordescription',
    'description',
    'message',
  ],
  newSortCode: ['newsortcode', 'correctedsortcode', 'correctsortcode', ...ofWhom('newsortcode')],
  newAccountNumber: [
    'newaccountnumber',
    'newaccount',
    'correctedaccountnumber',
    'correctaccountnumber',
    'newnumber',
    'correctednumber',
    ...ofWhom('newaccountnumber'),
  ],
  newAccountName: [
    ...['newaccountname', 'newname', 'correctedaccountname', 'correctedname', 'correctname'],
    ...ofWhom('newname', 'newaccountname'),
  ],
};
const fieldOfSpelling = new Map(
  Object.entries(spellings).flatMap(([field, names]) => names.map((name) => [name, field as ReportField])),
);

/** Finds which field a column or an element names, however it is spelt; undefined for what is of no use here. */
export function reportField(name: string): ReportField | undefined {
  return fieldOfSpelling.get(name.toLowerCase().replaceAll(/[^a-z]/g, ''));
}

/** The advices name whose account it is in front. */
function ofWhom(...names: readonly string[]): string[] {
  return ['payee', 'payer', 'beneficiary', 'receiver', 'destination'].flatMap((who) => names.map((name) => who + name));
}
