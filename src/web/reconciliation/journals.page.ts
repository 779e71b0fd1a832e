import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { fundList } from '../../funds/index.ts';
import { namesOf } from '../../identity/index.ts';
import {
  accountCodes,
  journalBatches,
  type JournalCode,
  MakeJournal,
  nextJournal,
  seeLedger,
  SetJournalCodes,
} from '../../ledger/index.ts';
import { seeReconciliation } from '../../payments/index.ts';
import { addDays, isPlainDate, type PlainDate, plainDate } from '../../kernel/index.ts';
import { inputRefused, number, UnitOfWork } from '../../platform/index.ts';
import { dayNeeded, holds } from '../administration/answers.ts';
import {
  attempt,
  type Form,
  goTo,
  Page,
  type PageAnswer,
  show,
  type View,
  type Visit,
  Visiting,
} from '../pages/index.ts';
import { addressOf } from '../runs/runs.urls.ts';
import { reconciliationUrls } from './reconciliation.urls.ts';

const SHOWN = 100;
const CODE = /^[A-Z0-9][A-Z0-9/-]{0,19}$/;

/** Journals for the council's general ledger: those made, making the next one, and what accounts are called there. */
@Controller()
export class JournalPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly makeJournal: MakeJournal,
    private readonly setCodes: SetJournalCodes,
  ) {}

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.journals, title: 'Journals', allowed: seeReconciliation, audit: null },
  })
  list(@Visiting() visit: Visit): Promise<View> {
    return this.#list(visit);
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.journals, title: 'Choose the last day of a journal' },
    ...{ allowed: MakeJournal.allowed, audit: null },
  })
  choose(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      () => Promise.resolve(goTo(addressOf(reconciliationUrls.makeJournal, { upTo: dayNeeded(visit.form, 'upTo') }))),
      () => this.#list(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.makeJournal, title: 'Make a journal', allowed: MakeJournal.allowed },
    ...{ audit: null },
  })
  check(@Visiting() visit: Visit): Promise<View> {
    return this.#check(visit);
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.makeJournal, title: 'Make a journal' },
    ...{ allowed: MakeJournal.allowed, audit: 'ledger.journal-made' },
  })
  make(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const made = await this.makeJournal.run(visit.actor, upToOf(visit), visit.idempotency);
        return goTo(reconciliationUrls.journals, `Journal ${made.number} is made, with ${made.postings} postings.`);
      },
      () => this.#check(visit),
    );
  }

  @Page({
    ...{
      method: 'GET',
      path: reconciliationUrls.codes,
      title: 'Codes of accounts',
      allowed: seeReconciliation,
      audit: null,
    },
  })
  codes(@Visiting() visit: Visit): Promise<View> {
    return this.#codes(visit);
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.codes, title: 'Give accounts their codes' },
    ...{ allowed: SetJournalCodes.allowed, audit: 'ledger.journal-code-set' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { changed } = await this.setCodes.run(visit.actor, codesOf(visit.form), visit.idempotency);
        return goTo(
          reconciliationUrls.journals,
          changed === 1 ? 'One account has other codes.' : `${changed} accounts have other codes.`,
        );
      },
      () => this.#codes(visit),
    );
  }

  /** The action records the look itself, with the file's hash. */
  @Page({
    ...{ method: 'GET', path: reconciliationUrls.journalFile, title: 'Download a journal', allowed: seeLedger },
    ...{ audit: null, produces: 'text/csv' },
  })
  async file(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    const file = await this.makeJournal.file(visit.actor, number(visit.params.id ?? ''));
    response.set('Cache-Control', 'no-store').set('X-Content-SHA256', file.sha256);
    response.attachment(file.name).type('text/csv').send(file.text);
  }

  async #list(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const batches = await journalBatches(tx, SHOWN);
      const people = await namesOf(
        tx,
        batches.map((each) => each.madeBy),
      );
      const missing = (await accountCodes(tx)).filter((each) => each.costCentre === null).length;
      return { batches, missing, people: Object.fromEntries(people), lastMonth: endOfLastMonth(tx.today) };
    });
    const [year, month, day] = data.lastMonth.split('-');
    const usual = { 'upTo-year': year, 'upTo-month': String(Number(month)), 'upTo-day': day };
    const values = Object.keys(visit.form).length > 0 ? visit.form : usual;
    const rights = {
      mayMake: holds(visit, ...MakeJournal.allowed.roles),
      mayDownload: holds(visit, ...seeLedger.roles),
    };
    return show('reconciliation/journals.njk', { ...data, values, ...rights });
  }

  async #check(visit: Visit): Promise<View> {
    const upTo = upToOf(visit);
    const next = await this.unitOfWork.read(visit.actor, (tx) => nextJournal(tx, upTo));
    return show('reconciliation/make-journal.njk', { upTo, ...next });
  }

  async #codes(visit: Visit): Promise<View> {
    const { accounts, funds } = await this.unitOfWork.read(visit.actor, async (tx) => ({
      accounts: await accountCodes(tx),
      funds: Object.fromEntries((await fundList(tx)).map(({ id, name }) => [id, name])),
    }));
    const mayCode = holds(visit, ...SetJournalCodes.allowed.roles);
    return show('reconciliation/codes.njk', { accounts, funds, mayCode, values: visit.form });
  }
}

function upToOf(visit: Visit): PlainDate {
  const { upTo = '' } = visit.query;
  if (!isPlainDate(upTo))
    throw inputRefused('The last day is missing.', [{ field: 'upTo-day', reason: 'Enter a day.' }]);
  return upTo;
}

function endOfLastMonth(today: PlainDate): PlainDate {
  return addDays(plainDate(`${today.slice(0, 7)}-01`), -1);
}

/** Reads two boxes for each account; both empty, it is left as it is. @throws input_refused */
function codesOf(form: Form): JournalCode[] {
  const ids = Object.keys(form).flatMap((field) => /^centre-(\d{1,9})$/.exec(field)?.[1] ?? []);
  const wrong: { field: string; reason: string }[] = [];
  const codes = ids.flatMap((accountId) => {
    const [costCentre, subjective] = ['centre', 'subjective'].map((part) =>
      String(form[`${part}-${accountId}`] ?? '')
        .trim()
        .toUpperCase(),
    );
    if (!costCentre && !subjective) return [];
    for (const [part, code] of [
      ['centre', costCentre],
      ['subjective', subjective],
    ] as const)
      if (!CODE.test(code ?? ''))
        wrong.push({ field: `${part}-${accountId}`, reason: 'Enter letters, digits, "/" and "-", at most 20.' });
    return [{ accountId, costCentre: costCentre ?? '', subjective: subjective ?? '' }];
  });
  if (wrong.length > 0) throw inputRefused('Some codes need another look.', wrong);
  return codes;
}
