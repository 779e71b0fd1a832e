import { Controller, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { type Asked, AskedBy, day, number, Route, UnitOfWork } from '../../platform/index.ts';
import { type JournalMade, MakeJournal } from '../actions/make-journal.action.ts';
import { seeLedger } from '../actions/see-ledger.ts';
import { SetJournalCodes } from '../actions/set-journal-code.action.ts';
import { type AccountCodes, accountCodes, type JournalBatch, journalBatches } from '../views/journal-batches.view.ts';

const code = z.string().regex(/^[A-Z0-9][A-Z0-9/-]{0,19}$/, 'Give capitals, digits, "/" and "-", at most 20.');
const codes = z.object({
  codes: z.array(z.object({ accountId: z.string().regex(/^\d{1,9}$/), costCentre: code, subjective: code })).max(1000),
});
const making = z.object({ upTo: day });

/** Journals for the council's general ledger over HTTP: codes of accounts, batches, files. */
@Controller()
export class JournalsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly makeJournal: MakeJournal,
    private readonly setCodes: SetJournalCodes,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/journal-codes', summary: 'Accounts with their general-ledger codes' },
    allowed: seeLedger,
  })
  listCodes(@AskedBy() asked: Asked): Promise<{ accounts: AccountCodes[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ accounts: await accountCodes(tx) }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/journal-codes', summary: 'Give accounts their general-ledger codes' },
    ...{ allowed: SetJournalCodes.allowed, body: codes },
  })
  code(@AskedBy() asked: Asked): Promise<{ changed: number }> {
    return this.setCodes.run(asked.actor, (asked.body as z.output<typeof codes>).codes, asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/journals', summary: 'Journals that were made, the newest first' },
    allowed: seeLedger,
  })
  list(@AskedBy() asked: Asked): Promise<{ journals: JournalBatch[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ journals: await journalBatches(tx, 200) }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/journals', summary: 'Make the next journal, up to a day', status: 201 },
    ...{ allowed: MakeJournal.allowed, body: making, movesMoney: true },
  })
  make(@AskedBy() asked: Asked): Promise<JournalMade> {
    return this.makeJournal.run(asked.actor, (asked.body as z.output<typeof making>).upTo, asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/journals/:id/file', summary: 'A journal as CSV, the same bytes each time' },
    ...{ allowed: seeLedger, produces: 'text/csv' },
  })
  async file(@AskedBy() asked: Asked, @Param('id') id: string, @Res() response: Response): Promise<void> {
    const file = await this.makeJournal.file(asked.actor, number(id));
    response.set('Cache-Control', 'no-store').set('X-Content-SHA256', file.sha256);
    response.attachment(file.name).type('text/csv').send(file.text);
  }
}
