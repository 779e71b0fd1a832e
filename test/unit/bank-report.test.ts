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
