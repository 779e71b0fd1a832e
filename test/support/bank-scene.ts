import { Money, type PlainDate } from '../../src/kernel/index.ts';
import { accountCodes, MakeJournal, SetJournalCodes } from '../../src/ledger/index.ts';
import { CloseMonth, ImportStatement, WriteOffLine } from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
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

/** Numbers of the pages about the bank: a line nobody knows, one that was matched, what waits for two people, a journal. */
export interface BankPagesScene {
  readonly statement: string;
  readonly strangeLine: string;
  readonly matchedLine: string;
  readonly bankMatch: string;
  readonly writeOff: string;
  readonly reopening: string;
  readonly journal: string;
}

/** A council that reconciles: November tied and closed, somebody wants it open again; December with lines to match. */
export async function bankPagesScene(house: TestHouse): Promise<BankPagesScene> {
  const { app, council, superuser } = house;
  const { finance } = council.actors;
  const day = (text: string): PlainDate => text as PlainDate;
  const [november, december] = await sentFiles(house);
  if (!november || !december) throw new Error('two files are to be sent in the scene');
  const take = (bytes: Buffer) => app.get(ImportStatement).run(finance, 'statement.xml', bytes);
  const first = [lineOfFile(november, { date: day('2026-11-30') })];
  await take(statementOf(1, '250000.00', first, day('2026-11-26')));
  const opening = Money.gbp('250000.00').minus(Money.gbp(november.total)).toString();
  const second = await take(
    statementOf(2, opening, [
      lineOfFile(december),
      { date: day('2026-12-03'), direction: 'debit', amount: '7.50', reference: 'CHARGES NOV', text: 'ACCOUNT FEE' },
      { date: day('2026-12-03'), direction: 'credit', amount: '61.18', reference: 'RETURNED 4711' },
    ]),
  );
  const statement = second.statements[0]?.id ?? '';
  const { rows } = await superuser.query<{ id: string }>(
    `select id from payments.statement_line where statement_id = $1 order by n`,
    [statement],
  );
  const [matchedLine = '', charge = '', strangeLine = ''] = rows.map((row) => row.id);
  const matches = await superuser.query<{ id: string }>(`select id from payments.bank_match where line_id = $1`, [
    matchedLine,
  ]);
  const asked = { amount: Money.gbp('7.50'), category: 'bank-charge', reason: 'Monthly charge' } as const;
  const { writeOffId } = await app.get(WriteOffLine).propose(finance, charge, asked);
  return {
    ...{ statement, strangeLine, matchedLine, bankMatch: matches.rows[0]?.id ?? '', writeOff: writeOffId },
    ...(await closedNovember(house)),
  };
}

async function closedNovember({ app, council }: TestHouse): Promise<{ reopening: string; journal: string }> {
  const { finance, finance2 } = council.actors;
  const november = '2026-11-01' as PlainDate;
  await app.get(CloseMonth).run(finance, november, 'All tied');
  const reason = 'The auditor asks about the last week';
  const { reopeningId } = await app.get(CloseMonth).proposeReopening(finance2, november, reason);
  const accounts = await app.get(UnitOfWork).read(finance, accountCodes);
  const codes = accounts.map(({ accountId, kind }) => ({
    ...{ accountId, costCentre: 'CS417', subjective: kind === 'spent' ? '41207' : '90010' },
  }));
  await app.get(SetJournalCodes).run(finance, codes);
  const { batchId } = await app.get(MakeJournal).run(finance, '2026-11-30' as PlainDate);
  return { reopening: reopeningId, journal: batchId };
}
