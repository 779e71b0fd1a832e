import { readFileSync } from 'node:fs';
import { DomainError, Money, type PlainDate } from '../../src/kernel/index.ts';
import { writeCamt053 } from '../../src/demo/statement-file.ts';
import { MOST_STATEMENT_BYTES, readStatementFile, type StatementRead } from '../../src/payments/index.ts';
import type { CsvProfile } from '../../src/payments/statements/parse/csv-layout.ts';

const vector = (name: string): Buffer => readFileSync(new URL(`../../../test/vectors/${name}`, import.meta.url));
const shown = (statement: StatementRead | undefined) => ({
  ...statement,
  opening: statement?.opening.toString(),
  closing: statement?.closing.toString(),
  lines: statement?.lines.map(({ date, amount, direction, reference }) => [
    date,
    amount.toString(),
    direction,
    reference,
  ]),
});
const SAMPLE = {
  ...{ account: '20000012345678', opening: '1000.15', closing: '949.82', from: '2026-11-20', to: '2026-11-20' },
  lines: [
    ['2026-11-20', '49.18', 'debit', 'E1'],
    ['2026-11-20', '1.15', 'debit', 'E2'],
  ],
};
/** What is wrong with a file, by line. */
function faultsOf(file: string | Uint8Array): [line: number | undefined, reason: string][] {
  try {
    readStatementFile(typeof file === 'string' ? Buffer.from(file) : file);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'statement_refused')
      return error.items.map(({ line, reason }) => [line, reason]);
    throw error;
  }
  return [];
}
const camt = vector('statement-camt053.xml').toString();
const mt940 = vector('statement.mt940').toString();
const csv = vector('statement.csv').toString();

describe('A statement file', () => {
  it('says the same whichever layout the bank wrote it in', () => {
    expect(shown(readStatementFile(vector('statement-camt053.xml'))[0])).toMatchObject({ ...SAMPLE, reference: 'S1' });
    expect(shown(readStatementFile(vector('statement.mt940'))[0])).toMatchObject({
      ...SAMPLE,
      reference: '1/1 2026-11-20',
    });
    expect(shown(readStatementFile(vector('statement.csv'))[0])).toMatchObject({
      ...SAMPLE,
      lines: SAMPLE.lines.toReversed(),
    });
  });

  it('is refused empty, in UTF-16, larger than any statement, or in a layout nobody knows', () => {
    expect(faultsOf('')).toEqual([[undefined, 'the file is empty.']]);
    expect(faultsOf(Buffer.from(camt, 'utf16le'))[0]?.[1]).toContain('UTF-16');
    expect(faultsOf(Buffer.alloc(MOST_STATEMENT_BYTES + 1, 0x20))[0]?.[1]).toContain('at most');
    expect(faultsOf('Date,Amount\n1,2\n')).toEqual([[1, expect.stringContaining('neither camt.053 nor MT940')]]);
  });

  it('is refused in another encoding than it says, with the line', () => {
    const wrong = Buffer.concat([
      Buffer.from('<?xml version="1.0"?>\n<Document>\n<a>'),
      Buffer.of(0xe9),
      Buffer.from('</a></Document>'),
    ]);
    expect(faultsOf(wrong)).toEqual([[3, expect.stringContaining('UTF-8')]]);
    const latin = Buffer.from(
      camt.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="ISO-8859-1"?>').replace('E1', 'É1'),
      'latin1',
    );
    expect(readStatementFile(latin)[0]?.lines[0]?.reference).toBe('É1');
    expect(
      faultsOf(camt.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="EBCDIC"?>'))[0]?.[1],
    ).toContain('not read');
  });
});

describe('A camt.053 file', () => {
  it('is refused cut off, and says where', () => {
    expect(faultsOf(camt.replaceAll('><', '>\n<').slice(0, 900))).toEqual([
      [expect.any(Number), expect.stringContaining('not well-formed')],
    ]);
  });

  it('is refused with a document type or entities of its own, and reads nothing outside itself', () => {
    const tricks = [
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
      '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
      '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd">',
    ];
    for (const trick of tricks)
      expect(faultsOf(camt.replace('<Document', `${trick}<Document`))).toEqual([
        [1, expect.stringContaining('DOCTYPE')],
      ]);
    expect(faultsOf(camt.replace('E1', '&unknown;'))[0]?.[1]).toContain('not well-formed');
  });

  it('is refused when the lines do not come to the closing balance, with what is unexplained', () => {
    expect(faultsOf(camt.replace('949.82', '949.83'))).toEqual([[1, expect.stringContaining('0.01 is unexplained')]]);
  });

  it('is refused with amounts as floats, with commas, in other money, of nothing', () => {
    expect(faultsOf(camt.replace('>49.18<', '>4.918E1<'))[0]?.[1]).toContain('is no amount');
    expect(faultsOf(camt.replace('>49.18<', '>49.180000001<'))[0]?.[1]).toContain('is no amount');
    expect(faultsOf(camt.replace('>49.18<', '>49.185<'))[0]?.[1]).toContain('more than two decimals');
    expect(faultsOf(camt.replace('>49.18<', '>49,18<'))[0]?.[1]).toContain('has a ","');
    expect(faultsOf(camt.replace('Ccy="GBP">49.18', 'Ccy="EUR">49.18'))[0]?.[1]).toContain('only pounds');
    expect(faultsOf(camt.replace('>49.18<', '>-49.18<'))[0]?.[1]).toContain('is no amount');
    expect(faultsOf(camt.replace('>1.15<', '>0.00<'))[0]?.[1]).toContain('a line of nothing');
  });

  it('is refused with a credit in the wrong year', () => {
    expect(faultsOf(camt.replace('<BookgDt><Dt>2026', '<BookgDt><Dt>2025'))).toEqual([
      [1, 'booked on 2025-11-20, but the statement is of 2026-11-20 to 2026-11-20.'],
    ]);
  });

  it('is refused as another kind of report, or without an account, a balance or a direction', () => {
    expect(faultsOf(camt.replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt'))[0]?.[1]).toContain('BkToCstmrAcctRpt');
    expect(faultsOf(camt.replace('20000012345678', 'DE44 5001'))[0]?.[1]).toContain('no sort code');
    expect(faultsOf(camt.replace('CLBD', 'ITBD'))[0]?.[1]).toContain('no closing balance');
    expect(faultsOf(camt.replace('DBIT', 'OUT'))[0]?.[1]).toContain('neither CRDT nor DBIT');
  });

  it('passes over what is not booked yet, and takes each of its statements', () => {
    const pending = '<Ntry><Amt Ccy="GBP">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry></Stmt>';
    expect(readStatementFile(Buffer.from(camt.replace('</Stmt>', pending)))[0]?.lines.length).toBe(2);
    const twice = camt.replace(/<Stmt>.*<\/Stmt>/, (whole) => whole + whole.replace('S1', 'S2'));
    expect(readStatementFile(Buffer.from(twice)).map(({ reference }) => reference)).toEqual(['S1', 'S2']);
  });

  it('knows a British account by its IBAN, and an overdrawn balance', () => {
    const statement = {
      ...{ reference: 'X', sequence: 3, account: 'GB33 BUKB 2020 1555 5555 55', opening: '-5.00' },
      ...{ from: '2026-12-31' as PlainDate, to: '2027-01-01' as PlainDate },
      lines: [
        { date: '2027-01-01' as PlainDate, direction: 'credit' as const, amount: '2.50', reference: 'A & B <C>' },
      ],
    };
    const [read] = readStatementFile(Buffer.from(writeCamt053(statement)));
    expect(shown(read)).toMatchObject({ account: '20201555555555', opening: '-5.00', closing: '-2.50', sequence: 3 });
    expect(read?.lines[0]?.reference).toBe('A & B <C>');
  });
});

describe('An MT940 file', () => {
  it('is read in its envelope, with reversals, days over New Year and words on several lines', () => {
    const wrapped = [
      '{1:F01NOREGB2LAXXX0000000000}{2:O940}{4:',
      ...[':20:NOREAM2', ':25:GB33BUKB20201555555555', ':28C:12/1', ':60F:C261230GBP10,'],
      ...[
        ':61:2612310101RC4,00NTRFNONREF//B-77',
        ':86:FIRST',
        'SECOND',
        ':61:261231RD1,50NMSCR9',
        ':62F:C270101GBP7,50',
        '-}',
      ],
    ].join('\r\n');
    const [read] = readStatementFile(Buffer.from(wrapped));
    expect(shown(read)).toMatchObject({
      ...{ reference: '12/1 2027-01-01', sequence: 12, from: '2026-12-30', to: '2027-01-01', closing: '7.50' },
      lines: [
        ['2027-01-01', '4.00', 'debit', 'B-77'],
        ['2026-12-31', '1.50', 'credit', 'R9'],
      ],
    });
    expect(read?.lines[0]?.details).toBe('FIRST SECOND');
  });

  it('is refused with the line: amounts with points, wrong totals, unknown fields, other money', () => {
    expect(faultsOf(mt940.replace('D49,18', 'D49.18'))).toEqual([[5, expect.stringContaining('has a "."')]]);
    expect(faultsOf(mt940.replace('D49,18', 'D1,049,18'))).toEqual([[5, expect.stringContaining('is no amount')]]);
    expect(faultsOf(mt940.replace('949,82', '949,83'))).toEqual([[1, expect.stringContaining('0.01 is unexplained')]]);
    expect(faultsOf(mt940.replace(':86:BAC TRAVEL', ':77:BAC'))).toEqual([[8, ':77: is no field of a statement.']]);
    expect(faultsOf(mt940.replace('GBP1000', 'EUR1000'))[0]).toEqual([4, expect.stringContaining('only pounds')]);
    expect(faultsOf(mt940.replace(':61:261120', ':61:261320'))[0]?.[1]).toContain('is no day');
    expect(faultsOf(mt940.split('\n').slice(0, 6).join('\n'))).toEqual([[1, 'there is no closing balance.']]);
  });
});

describe('A CSV file of a known bank', () => {
  it('is proved by its balances in whatever order the bank wrote it, also mixed up', () => {
    const rows = ['-1.00;9.00', '-2.00;7.00', '3.50;10.50', '-4.00;6.50'].map(
      (end) => `2026-11-20;20000012345678;R;D;${end}`,
    );
    const orders = [rows, rows.toReversed(), [rows[2], rows[0], rows[3], rows[1]]];
    for (const order of orders) {
      const [read] = readStatementFile(Buffer.from([csv.split('\r\n')[0], ...order, ''].join('\r\n')));
      expect([read?.opening.toString(), read?.closing.toString()]).toEqual(['10.00', '6.50']);
    }
  });

  it('is refused when a line is missing, doubled, or of another account', () => {
    const [head, second, first] = csv.split('\r\n');
    const third = '2026-11-20;200000 12345678;E3;;-2.00;947.82';
    expect(faultsOf([head, first, third].join('\n'))[0]?.[1]).toContain('do not follow');
    expect(faultsOf([head, first, second, second].join('\n'))[0]?.[1]).toContain('do not follow');
    expect(faultsOf([head, first, second?.replace('200000', '200001')].join('\n'))).toEqual([
      [3, expect.stringContaining('another account')],
    ]);
  });

  it('reads the layouts it declares, and says by column what it cannot read', () => {
    const columns = [
      'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance',
      '20/11/2026,BAC,20-00-00,12345678,E2,1.15,,949.82',
      '20/11/2026,BAC,20-00-00,12345678,E1,49.18,,950.97',
    ].join('\n');
    expect(shown(readStatementFile(Buffer.from(columns))[0])).toMatchObject({
      ...SAMPLE,
      lines: SAMPLE.lines.toReversed(),
    });
    const signed = [
      'Date,Type,Description,Value,Balance,Account Name,Account Number',
      '20 Nov 2026,BAC,"E1",-49.18,950.97,NORTHSHIRE,200000-12345678',
    ].join('\n');
    expect(readStatementFile(Buffer.from(signed))[0]?.lines[0]?.amount.equals(Money.gbp('49.18'))).toBe(true);
    expect(faultsOf(signed.replace('-49.18', '"-1,049.18"'))[0]).toEqual([2, expect.stringContaining('is no amount')]);
    expect(faultsOf(signed.replace('20 Nov', '31 Nov'))[0]).toEqual([2, expect.stringContaining('is no day')]);
    expect(faultsOf(columns.replace(',49.18,', ',49.18,1.00'))[0]?.[1]).toContain('either');
    expect(faultsOf(`${signed}\n"unfinished`)[0]?.[1]).toContain('not a CSV file');
  });

  it('says where it may have opened when its lines cancel each other: the statements beside it know', () => {
    const line = (amount: string, balance: string): string =>
      `2026-11-20;20000012345678;BOTH WAYS;;${amount};${balance}`;
    const both = ['booked;account;reference;details;amount;balance', line('49.18', '100.00'), line('-49.18', '50.82')];
    const [read] = readStatementFile(Buffer.from(both.join('\n')));
    expect(read?.mayOpenAt?.map((each) => each.toString()).toSorted()).toEqual(['100.00', '50.82']);
    expect(readStatementFile(vector('statement.csv'))[0]?.mayOpenAt).toBeUndefined();
  });
});

describe('A CSV file in a layout of the council’s own', () => {
  const layout = {
    ...{ delimiter: ',', header: ['When', 'Account', 'What', 'Sum', 'Left'], account: ['Account'] },
    ...{ balance: 'Left', reference: 'What', details: [] },
  } as const;
  const signed = { amount: { signed: 'Sum' } } as const;
  const read = (more: object, rows: readonly string[]) =>
    readStatementFile(Buffer.from(['When,Account,What,Sum,Left', ...rows].join('\n')), [
      { name: 'Ours', ...layout, day: { column: 'When', written: 'year-month-day' }, ...signed, ...more } as CsvProfile,
    ])[0];

  it.each([
    ['day/month/year', '27/11/2026'],
    ['day/month/year', '7.11.2026'],
    ['day/month/short-year', '27/11/26'],
    ['month/day/year', '11/27/2026'],
    ['year-month-day', '2026-11-27'],
    ['yearmonthday', '20261127'],
    ['day-month-name-year', '27-Nov-2026'],
  ] as const)('reads days written %s: %s', (written, text) => {
    const found = read({ day: { column: 'When', written } }, [`${text},20000012345678,E1,-1.00,9.00`]);
    expect(found?.from).toBe(text.startsWith('7') ? '2026-11-07' : '2026-11-27');
  });

  it('takes money out as below nought, above it, or as another column says', () => {
    const direction = (more: object, sum: string, left: string, account = '20000012345678') =>
      read(more, [`2026-11-27,${account},E1,${sum},${left}`])?.lines[0]?.direction;
    expect(direction({}, '-1.00', '9.00')).toBe('debit');
    expect(direction({ amount: { signed: 'Sum', outIs: 'above nought' } }, '1.00', '9.00')).toBe('debit');
    expect(direction({ amount: { signed: 'Sum', outIs: 'above nought' } }, '-1.00', '9.00')).toBe('credit');
    const says = { amount: { plain: 'Sum', side: 'Account', outSays: 'DR' }, account: { fixed: '20000012345678' } };
    expect(['DR', 'CR'].map((side) => direction(says, '1.00', '9.00', side))).toEqual(['debit', 'credit']);
  });

  it('is not read the wrong way round: the balances say so', () => {
    const rows = ['2026-11-27,20000012345678,E1,1.00,9.00', '2026-11-27,20000012345678,E2,2.00,7.00'];
    expect(read({ amount: { signed: 'Sum', outIs: 'above nought' } }, rows)?.opening.toString()).toBe('10.00');
    expect(() => read({}, rows)).toThrow(DomainError);
  });
});
