import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { plainDate } from '../../kernel/index.ts';
import { type Asked, AskedBy, day, number, Route, UnitOfWork } from '../../platform/index.ts';
import { seeLedger } from '../actions/see-ledger.ts';
import { readPlace, writePlace } from '../domain/journal-place.ts';
import { accountKinds, transferKindNames } from '../domain/transfer-kinds.ts';
import {
  type Account,
  accountById,
  accountList,
  accountsAsked,
  type Standing,
  standingOn,
} from '../views/accounts.view.ts';
import type { JournalRow } from '../store/journal.store.ts';
import { journal, transferDetail } from '../views/journal.view.ts';
import { type Reservation, reservations } from '../views/reservations.view.ts';
import { type Statement, statementOf } from '../views/statement.view.ts';

const id = z.string().regex(/^\d{1,18}$/, 'Use a number this API gave you.');
const accountsQuery = z.object({ kind: z.enum(accountKinds).optional(), fundId: id.optional() });
const statementQuery = z.object({ from: day.optional(), to: day.optional() });
const balanceQuery = z.object({ on: day.optional() });
const journalQuery = z.object({
  ...{ kind: z.enum(transferKindNames).optional(), accountId: id.optional(), fundId: id.optional() },
  runId: id.optional(),
  ...{ from: day.optional(), to: day.optional() },
  after: z
    .string()
    .refine((text) => readPlace(text) !== undefined, 'Use the "next" of the page before.')
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

/** The ledger over HTTP: accounts, statements, the journal and single transfers. It is only ever read. */
@Controller()
export class LedgerController {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/ledger/accounts', summary: 'Accounts and what stands on them' },
    ...{ allowed: seeLedger, query: accountsQuery },
  })
  accounts(@AskedBy() asked: Asked): Promise<{ accounts: Account[] }> {
    const narrowed = asked.query as z.output<typeof accountsQuery>;
    return this.unitOfWork.read(asked.actor, async (tx) => ({ accounts: await accountList(tx, narrowed) }));
  }

  @Route({
    ...{
      method: 'GET',
      path: '/api/v1/ledger/accounts/:id/statement',
      summary: 'An account day by day: this month, or from and to',
    },
    ...{ allowed: seeLedger, query: statementQuery },
  })
  statement(@AskedBy() asked: Asked, @Param('id') account: string): Promise<{ account: Account } & Statement> {
    const { from, to } = asked.query as z.output<typeof statementQuery>;
    return this.unitOfWork.read(asked.actor, async (tx) => {
      const last = to ?? tx.today;
      const first = from ?? plainDate(`${last.slice(0, 7)}-01`);
      return { account: await accountById(tx, number(account)), ...(await statementOf(tx, account, first, last)) };
    });
  }

  @Route({
    ...{
      method: 'GET',
      path: '/api/v1/ledger/accounts/:id/balance',
      summary: 'An account at the end of a day, today or another',
    },
    ...{ allowed: seeLedger, query: balanceQuery },
  })
  balance(@AskedBy() asked: Asked, @Param('id') account: string): Promise<Standing> {
    const { on } = asked.query as z.output<typeof balanceQuery>;
    return this.unitOfWork.read(asked.actor, async (tx) => {
      await accountById(tx, number(account));
      return standingOn(tx, account, on ?? tx.today);
    });
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/ledger/accounts/:id/reservations', summary: 'What holds committed money' },
    allowed: seeLedger,
  })
  reservations(@AskedBy() asked: Asked, @Param('id') account: string): Promise<{ reservations: Reservation[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      reservations: await reservations(tx, await accountById(tx, number(account))),
    }));
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/ledger/journal', summary: 'Transfers, newest day first' },
    ...{ allowed: seeLedger, query: journalQuery },
  })
  async journal(@AskedBy() asked: Asked): Promise<{ transfers: JournalRow[]; next: string | null }> {
    const { after, accountId, fundId, limit, ...filter } = asked.query as z.output<typeof journalQuery>;
    const place = after === undefined ? undefined : readPlace(after);
    const transfers = await this.unitOfWork.read(asked.actor, async (tx) => {
      const accountIds = await accountsAsked(tx, accountId, fundId);
      return journal(tx, { ...filter, ...(accountIds ? { accountIds } : {}) }, place, limit);
    });
    const last = transfers.length === limit ? transfers.at(-1) : undefined;
    return { transfers, next: last ? writePlace(last) : null };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/ledger/transfers/:document/:kind/:leg', summary: 'One transfer' },
    allowed: seeLedger,
  })
  transfer(
    @AskedBy() asked: Asked,
    @Param() { document, kind, leg }: { document: string; kind: string; leg: string },
  ): Promise<JournalRow> {
    const which = { document: number(document), kind, leg: Number(number(leg)) };
    return this.unitOfWork.read(asked.actor, (tx) => transferDetail(tx, which));
  }
}
