import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCamt053 } from '../../src/demo/statement-file.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { rails } from '../../src/payments/rails/rails.ts';
import { camt053, faultsOfMessage, pain001 } from '../support/iso20022.ts';

const vector = (name: string): string => readFileSync(join(process.cwd(), 'test/vectors', name), 'utf8');
const golden = vector('pain001.xml');
const day = (text: string): PlainDate => text as PlainDate;

/** A file of one payment, to somebody of any name. */
function fileFor(accountName: string, reference = 'MS 1001'): string {
  const payee = { sortCode: '089999', accountNumber: '66374958', accountName };
  const days = { inputDay: day('2026-11-24'), processingDay: day('2026-11-24'), entryDay: day('2026-11-24') };
  const originator = {
    ...{ serviceUserNumber: '123456', sortCode: '000099', accountNumber: '12345678' },
    ...{ accountName: 'EXAMPLE COUNCIL', referencePrefix: 'MS' },
  };
  const payments = [{ payee, amountPence: 9_999_999_999n, reference }];
  const submission = { serial: '000042', originator, createdOn: day('2026-11-24'), days, payments };
  return rails.pain001.write(submission).bytes.toString('utf8');
}

describe('A pain.001 file', () => {
  it('is element for element what ISO 20022 says, in version 9', () => {
    expect(faultsOfMessage(golden, pain001)).toEqual([]);
  });

  it.each(['Ọlá Ọláńrewájú O’Brien & Sons <Ltd>', 'x'.repeat(200), '"quoted"', 'A'])(
    'is so for a payee called %s',
    (name) => {
      expect(faultsOfMessage(fileFor(name), pain001)).toEqual([]);
    },
  );

  it.each([
    ['an element left out', /<EndToEndId>.*?<\/EndToEndId>/, '', 'has no EndToEndId'],
    ['elements in another order', /(<Dbtr>.*?<\/Dbtr>)(<DbtrAcct>.*?<\/DbtrAcct>)/, '$2$1', 'has no Dbtr'],
    ['an amount without its currency', ' Ccy="GBP"', '', 'has no currency'],
    ['an element of another message', '<ChrgBr>', '<SttlmMtd>CLRG</SttlmMtd><ChrgBr>', 'has SttlmMtd'],
    ['a day that is none', '<Dt>2026-11-24</Dt>', '<Dt>24/11/2026</Dt>', 'ReqdExctnDt/Dt is "24/11/2026"'],
    ['a name as long as a letter', 'EXAMPLE COUNCIL', 'X'.repeat(141), 'InitgPty/Nm is'],
    ['two ways to name an account', '<Othr>', '<IBAN>GB33BUKB20201555555555</IBAN><Othr>', 'has not one of IBAN, Othr'],
  ])('is found out with %s', (_what, from, to, says) => {
    const broken = golden.replace(from, to);
    expect(broken).not.toBe(golden);
    expect(faultsOfMessage(broken, pain001).join('; ')).toContain(says);
  });
});

describe('A camt.053 statement', () => {
  it('of a bank, and of the demonstration, is what ISO 20022 says', () => {
    expect(faultsOfMessage(vector('statement-camt053.xml'), camt053)).toEqual([]);
    const lines = [
      { date: day('2026-11-24'), direction: 'debit', amount: '98.36', reference: 'MS 1 & 2', text: 'A <B>' },
    ] as const;
    const from = { from: day('2026-11-23'), to: day('2026-11-24') };
    const written = writeCamt053({
      reference: 'ST-1',
      sequence: 1,
      account: '00009912345678',
      ...from,
      opening: '10.00',
      lines,
    });
    expect(faultsOfMessage(written, camt053)).toEqual([]);
    expect(faultsOfMessage(written.replace('<Sts><Cd>BOOK</Cd></Sts>', ''), camt053).join()).toContain('has no Sts');
  });
});
