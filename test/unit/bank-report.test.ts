import type { DomainError } from '../../src/kernel/index.ts';
import { readReport } from '../../src/payments/reports/read-report.ts';

const read = (text: string) => readReport(Buffer.from(text, 'utf8'));
/** Gives what a report is refused for: the line and the reason. */
function refusalOf(bytes: Buffer): { line?: number; reason?: string } {
  try {
    readReport(bytes);
  } catch (error) {
    const { code, items } = error as DomainError;
    if (code === 'report_refused') return items[0] ?? {};
    throw error;
  }
  return {};
}

describe('A report of a bank', () => {
  it('is read from CSV by the names of its columns, however they are spelt', () => {
    expect(read('Reference;Amount;Return code;Other\nMS 1;49.18;B;x\n')).toEqual([
      { line: 2, fields: { reference: 'MS 1', amount: '49.18', code: 'B' } },
    ]);
  });

  it('is read from XML whatever its elements are called, in attributes or within', () => {
    const inAttributes = `<BACSDocument><Data><ReturnedCreditItem ref="MS 1" returnCode="0" valueOf="49.18" transCode="99">
      <ReceiverAccount number="12345678" sortCode="000014" name="A"/></ReturnedCreditItem></Data></BACSDocument>`;
    const within = `<r:Report xmlns:r="urn:x"><r:Item>\n<r:Reference>MS 1</r:Reference><r:Amount>49.18</r:Amount><r:ReasonCode>0</r:ReasonCode></r:Item></r:Report>`;
    for (const text of [inAttributes, within])
      expect(read(text)).toEqual([{ line: 1, fields: { reference: 'MS 1', amount: '49.18', code: '0' } }]);
  });

  it('is read as Bacs writes its advices: attributes in words with dashes, whose account it is in front', () => {
    const text = `<BACSDocument><Data><MessagingAdvices><MessagingHeader report-type="AWACS" user-number="123456"/>
      <MessagingAdvice user-number="123456" record-type="W" effective-date="2026-11-27" reference="MS 1" payee-name="A B"
        payee-account-number="12345678" payee-sort-code="000014" reason-code="3" payee-new-sort-code="000015"
        payee-new-account-number="87654321" payee-new-name="A B"/></MessagingAdvices></Data></BACSDocument>`;
    const asked = { reference: 'MS 1', code: '3', newSortCode: '000015', newAccountNumber: '87654321' };
    expect(read(text)[0]?.fields).toEqual({ ...asked, newAccountName: 'A B' });
  });

  it('is read with the account records around its items, as Bacs writes what came back', () => {
    const text = `<BACSDocument><Data><ARUCS><Header currentProcessingDate="2026-11-27"/><Advice>
      <OriginatingAccountRecords><OriginatingAccountRecord><OriginatingAccount name="C" number="12345678" sortCode="000099"/>
      <ReturnedCreditItem ref="MS 1" transCode="99" returnCode="B" returnDescription="ACCOUNT CLOSED" valueOf="49.18" currency="GBP">
      <ReceiverAccount number="12345678" ref="MS 1" name="A"/></ReturnedCreditItem>
      <Totals numberOf="1" valueOf="49.18" currency="GBP"/></OriginatingAccountRecord></OriginatingAccountRecords></Advice>
      </ARUCS></Data></BACSDocument>`;
    const one = { reference: 'MS 1', amount: '49.18', code: 'B', reason: 'ACCOUNT CLOSED' };
    expect(read(text).map(({ fields }) => fields)).toEqual([one]);
  });

  it('of what came in is read file by file, and payment by payment within', () => {
    const text = `<InputReport><UserFile serialNumber="000042" status="ACCEPTED"><Item ref="MS 1" status="ACCEPTED"/>
      <Item ref="MS 2" valueOf="1.00" errorCode="E" errorDescription="SORT CODE"/></UserFile></InputReport>`;
    expect(read(text).map(({ fields }) => fields)).toEqual([
      { reference: 'MS 1', status: 'ACCEPTED' },
      { reference: 'MS 2', amount: '1.00', code: 'E', reason: 'SORT CODE' },
      { file: '000042', status: 'ACCEPTED' },
    ]);
  });

  it('gives the details a bank says are right', () => {
    const text = `<A><Item reference="MS 1" amount="1.00" code="3"><NewAccount sortCode="000015" accountNumber="87654321"/></Item></A>`;
    expect(read(text)).toEqual([
      {
        line: 1,
        fields: {
          ...{ reference: 'MS 1', amount: '1.00', code: '3', newSortCode: '000015', newAccountNumber: '87654321' },
        },
      },
    ]);
  });

  it.each([
    ['cut short', '<A>\n<Item reference="MS 1" amount="1.00" code="0">', 2, /cut short/],
    ['with a document type', '<!DOCTYPE a [<!ENTITY b "c">]>\n<a ref="MS 1" code="0"/>', 1, /document type/],
    ['with an entity of its own', '<a><i ref="&b;" code="0" amount="1.00"/></a>', 1, /broken/],
    ['with elements without end', '<a>'.repeat(60), 1, /deeply/],
    ['without a record', '<a><b/></a>', 1, /no record/],
    ['with a quotation mark out of place', 'reference,amount,code\nMS "1,2,3\n', 2, /quotation/],
    ['with a short line', 'reference,amount,code\nMS 1,1.00\n', 2, /2 values/],
    ['with no column it can use', 'a,b\n1,2\n', 1, /no column/],
    ['with a column twice', 'reference,ref,code\n1,2,3\n', 1, /twice/],
    ['that is empty', '  \n', 1, /empty/],
  ])('is refused %s, with the line', (_what, text, line, reason) => {
    const refusal = refusalOf(Buffer.from(text));
    expect([refusal.line, refusal.reason]).toEqual([line, expect.stringMatching(reason)]);
  });

  it('is refused in another encoding, with the line', () => {
    const latin = Buffer.from('reference,amount,code\nMS 1,\xa349.18,0\n', 'latin1');
    expect(refusalOf(latin)).toMatchObject({ line: 2, reason: 'The file is not UTF-8 text.' });
    const wide = Buffer.from('\uFEFFreference,code\n', 'utf16le');
    expect(refusalOf(wide)).toMatchObject({ line: 1, reason: 'The file is not UTF-8 text.' });
  });
});
