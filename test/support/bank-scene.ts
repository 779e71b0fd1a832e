import type { PlainDate } from '../../src/kernel/index.ts';
import { ImportStatement, WriteOffLine } from '../../src/payments/index.ts';
import { Money } from '../../src/kernel/index.ts';
import { lineOfFile, sentFiles, statementOf } from './statement-files.ts';
import type { TestHouse } from './test-house.ts';

/** Numbers of a statement's things: a line matched to a file, one that waits to be written off, one nobody knows. */
export interface BankScene {
  readonly statement: string;
  readonly statement_file: string;
  readonly file: string;
  readonly matched_line: string;
  readonly charge_line: string;
  readonly strange_line: string;
  readonly match: string;
  readonly write_off: string;
}

/** Takes in a statement of a council with a file that was sent, a charge that is proposed to be written off, and a credit. */
export async function bankScene(house: TestHouse): Promise<BankScene> {
  const { app, council, superuser } = house;
  const [file] = await sentFiles(house);
  if (!file) throw new Error('no file was sent in the scene');
  house.setToday('2026-11-27' as PlainDate);
  const lines = [
    lineOfFile(file),
    { date: '2026-11-27' as PlainDate, direction: 'debit' as const, amount: '7.50', reference: 'CHARGE' },
    { date: '2026-11-27' as PlainDate, direction: 'credit' as const, amount: '12.34', reference: 'WHO KNOWS' },
  ];
  const bytes = statementOf(1, '9000.00', lines);
  const taken = await app.get(ImportStatement).run(council.actors.finance, 'statement.xml', bytes);
  const statement = taken.statements[0]?.id ?? '';
  const { rows } = await superuser.query<{ id: string }>(
    `select id from payments.statement_line where statement_id = $1 order by n`,
    [statement],
  );
  const [matched = '', charge = '', strange = ''] = rows.map((row) => row.id);
  const matches = await superuser.query<{ id: string }>(`select id from payments.bank_match where line_id = $1`, [
    matched,
  ]);
  const asked = { amount: Money.gbp('7.50'), category: 'bank-charge', reason: 'Monthly charge' } as const;
  const { writeOffId } = await app.get(WriteOffLine).propose(council.actors.finance, charge, asked);
  return {
    ...{ statement, statement_file: taken.fileId, file: file.id, matched_line: matched, charge_line: charge },
    ...{ strange_line: strange, match: matches.rows[0]?.id ?? '', write_off: writeOffId },
  };
}
