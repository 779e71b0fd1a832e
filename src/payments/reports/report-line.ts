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

// The element names of the banks' XML were not found in public: many spellings of the same thing are understood.
const spellings: Readonly<Record<ReportField, readonly string[]>> = {
  reference: ['reference', 'ref', 'transactionreference', 'paymentreference', 'creditreference', 'usersreference'],
  amount: ['amount', 'valueof', 'value', 'transactionamount'],
  code: ['code', 'returncode', 'reasoncode', 'advicecode'],
  file: ['file', 'filename', 'serial', 'serialnumber', 'submissionserialnumber', 'volumeserialnumber', 'bankreference'],
  status: ['status', 'filestatus', 'submissionstatus', 'result', 'outcome'],
  reason: ['reason', 'reasontext', 'returndescription', 'description', 'message'],
  newSortCode: ['newsortcode', 'correctedsortcode', 'correctsortcode'],
  newAccountNumber: [
    'newaccountnumber',
    'newaccount',
    'correctedaccountnumber',
    'correctaccountnumber',
    'newnumber',
    'correctednumber',
  ],
  newAccountName: ['newaccountname', 'newname', 'correctedaccountname', 'correctedname', 'correctname'],
};
const fieldOfSpelling = new Map(
  Object.entries(spellings).flatMap(([field, names]) => names.map((name) => [name, field as ReportField])),
);

/** Finds which field a column or an element names, however it is spelt; undefined for what is of no use here. */
export function reportField(name: string): ReportField | undefined {
  return fieldOfSpelling.get(name.toLowerCase().replaceAll(/[^a-z]/g, ''));
}
