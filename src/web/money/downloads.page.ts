import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { accountById, journal, type JournalPlace, lastMovement, seeLedger, statementOf } from '../../ledger/index.ts';
import { type PlainDate, plainDate } from '../../kernel/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { dateField } from '../pages/date-field.ts';
import { Page, type Visit, Visiting } from '../pages/index.ts';
import { csvRow } from '../../platform/index.ts';
import { journalFilter } from './journal-filter.ts';
import { moneyUrls } from './money.urls.ts';
import { daysOfMonth, monthOf } from './months.ts';
import { tellTransfers, type ToldTransfer } from './wording.ts';

const AT_ONCE = 2000;
const JOURNAL_HEAD = [
  ...['day', 'posted_at', 'kind', 'document', 'leg', 'run', 'family_reference', 'debit_account', 'credit_account'],
  ...['amount', 'what'],
];
const STATEMENT_HEAD = ['day', 'transfers', 'debits', 'credits', 'balance', 'side'];

/** Files to work with: the journal as it is narrowed, and an account's statement. References only, never names. */
@Controller()
export class MoneyFiles {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: moneyUrls.journalFile, title: 'The journal as a file', allowed: seeLedger },
    ...{ audit: 'ledger.journal-downloaded', subject: 'ledger' },
  })
  async journal(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    await this.unitOfWork.read(visit.actor, async (tx) => {
      const filter = await journalFilter(tx, visit);
      begin(response, 'journal.csv', JOURNAL_HEAD);
      let after: JournalPlace | undefined;
      do {
        const rows = await journal(tx, filter, after, AT_ONCE);
        await write(response, (await tellTransfers(tx, rows)).map(journalRow).join(''));
        after = rows.length === AT_ONCE ? rows.at(-1) : undefined;
      } while (after);
    });
    response.end();
  }

  @Page({
    ...{ method: 'GET', path: moneyUrls.statementFile, title: 'A statement as a file', allowed: seeLedger },
    ...{ audit: 'ledger.statement-downloaded', subject: 'account' },
  })
  async statement(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    const id = number(visit.params.id ?? '');
    const { account, statement } = await this.unitOfWork.read(visit.actor, async (tx) => {
      const { from, to } = await periodAsked(tx, visit, id);
      return { account: await accountById(tx, id), statement: await statementOf(tx, id, from, to) };
    });
    const { from, to, opening, days, moved, closing } = statement;
    begin(response, `statement-${account.code.replace(':', '-')}-${from}-to-${to}.csv`, STATEMENT_HEAD);
    const rows = [
      ['opening', '', '', '', opening.balance, opening.side],
      ...days.map(({ day, n, debits, credits, balance, side }) => [day, n, debits, credits, balance, side]),
      ['closing', moved.n, moved.debits, moved.credits, closing.balance, closing.side],
    ];
    response.end(rows.map(csvRow).join(''));
  }
}

function begin(response: Response, name: string, head: readonly string[]): void {
  response.set('Cache-Control', 'no-store').attachment(name).type('text/csv; charset=utf-8');
  response.write(csvRow(head));
}

/** Waits for a slow reader, so that a long journal is never held in memory. */
async function write(response: Response, text: string): Promise<void> {
  if (text === '' || response.write(text) || response.destroyed) return;
  await new Promise<void>((resolve) => {
    response.once('drain', resolve).once('close', resolve);
  });
}

function journalRow(row: ToldTransfer): string {
  return csvRow([
    ...[row.day, row.postedAt.toISOString(), row.kind, row.document, row.leg, row.ofRun, row.family],
    ...[row.debit.code, row.credit.code, row.amount, row.what],
  ]);
}

/** The days asked for; the month of the last movement when none are. */
async function periodAsked(tx: Transaction, { query }: Visit, id: string): Promise<{ from: PlainDate; to: PlainDate }> {
  const [from, to] = [dateField(query, 'from'), dateField(query, 'to')];
  if (from && to) return { from, to };
  const month = /^\d{4}-\d{2}$/.test(query.month ?? '') ? (query.month as string) : undefined;
  return daysOfMonth(month ?? monthOf((await lastMovement(tx, id)) ?? plainDate(tx.today)));
}
