import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Answer, answering } from '../../../identity/index.ts';
import { isPlainDate, type PlainDate } from '../../../kernel/index.ts';
import {
  isMonthClosed,
  type LaterPosting,
  laterPostings,
  type MonthRow,
  monthsOfTheBooks,
  noSuchMonth,
  type Reopening,
  reopeningsWaiting,
} from '../../../ledger/index.ts';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../../platform/index.ts';
import type { Answered } from '../actions/answer-request.ts';
import { CloseMonth } from '../actions/close-month.action.ts';
import { type ChecklistItem, monthChecklist } from '../views/month-checklist.view.ts';
import { seeReconciliation } from '../views/statements.view.ts';

const closing = z.object({ note: z.string().trim().max(500).default('') });
const reopening = z.object({ reason: words(500) });

/** Reads a month in an address, `2026-11`, as its first day. @throws no_such_month */
export function monthAsked(text: string): PlainDate {
  const first = `${text}-01`;
  if (!/^\d{4}-\d{2}$/.test(text) || !isPlainDate(first)) throw noSuchMonth('Write a month as 2026-11.');
  return first;
}

/** Months of the books over HTTP: checklist, closing, and opening again by two people. */
@Controller()
export class MonthsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly close: CloseMonth,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/months', summary: 'Months of the books, and what waits to be opened again' },
    allowed: seeReconciliation,
  })
  months(@AskedBy() asked: Asked): Promise<{ months: MonthRow[]; reopenings: Reopening[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      ...{ months: await monthsOfTheBooks(tx, 120), reopenings: await reopeningsWaiting(tx) },
    }));
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/months/:month', summary: 'One month: its checklist, and what was posted later' },
    allowed: seeReconciliation,
  })
  month(
    @AskedBy() asked: Asked,
    @Param('month') month: string,
  ): Promise<{ isClosed: boolean; checklist: ChecklistItem[]; postedLater: LaterPosting[] }> {
    const first = monthAsked(month);
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      ...{ isClosed: await isMonthClosed(tx, first), checklist: await monthChecklist(tx, first) },
      postedLater: await laterPostings(tx, first, 500),
    }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/months/:month/close', summary: 'Close a month' },
    ...{ allowed: CloseMonth.allowed, body: closing, movesMoney: true },
  })
  closeIt(@AskedBy() asked: Asked, @Param('month') month: string): Promise<{ closeId: string }> {
    const { note } = asked.body as z.output<typeof closing>;
    return this.close.run(asked.actor, monthAsked(month), note, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/months/:month/reopening',
      summary: 'Propose to open a month again',
      status: 201,
    },
    ...{ allowed: CloseMonth.allowed, body: reopening, movesMoney: true },
  })
  reopen(@AskedBy() asked: Asked, @Param('month') month: string): Promise<{ reopeningId: string }> {
    const { reason } = asked.body as z.output<typeof reopening>;
    return this.close.proposeReopening(asked.actor, monthAsked(month), reason, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/month-reopenings/:id/decision',
      summary: 'Approve or refuse, as the second person',
    },
    ...{ allowed: CloseMonth.deciders, body: answering, movesMoney: true },
  })
  decide(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ outcome: Answered }> {
    return this.close.decideReopening(asked.actor, number(id), asked.body as Answer, asked.idempotency);
  }
}
