import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { type BankDetails, OpenedBankDetails, ProposeBankDetails } from '../../families/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { type Actor, type Allowed, Money, mustBeAllowed, personActing, type PlainDate } from '../../kernel/index.ts';
import { type Command, FieldSeal, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { readReport } from '../reports/read-report.ts';
import type { ReturnRead } from '../reports/return-read.ts';
import { refusedReport, reportTakenInBefore } from '../reports/report-problems.ts';
import {
  insertExceptions,
  insertReport,
  type NewException,
  type ReportKind,
  reportOf,
  reportSealContext,
} from '../store/report.store.ts';
import { takeInCorrections } from './take-in-corrections.ts';
import { type InputRead, inputIn, takeInInput } from './take-in-input.ts';
import { returnsIn, takeInReturns } from './take-in-returns.ts';

/** What taking a report in did. */
export interface ReportTakenIn {
  readonly reportId: string;
  readonly kind: ReportKind;
  readonly records: number;
  readonly total: string;
  /** Files answered, or payments that came back. */
  readonly applied: number;
  /** Records that fit nothing here, each named and somebody's to explain. */
  readonly exceptions: number;
}

const WORKING_DAYS_TO_ACT = 3;

/** Takes in what a bank reports, whole or not at all, once: what became of files, and which payments came back. */
@Injectable()
export class ImportReport {
  static readonly allowed: Allowed = { roles: ['finance'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
    private readonly calendars: Calendars,
    private readonly propose: ProposeBankDetails,
    private readonly opened: OpenedBankDetails,
  ) {}

  /** @throws report_refused with every line that is wrong, report_taken_in_before */
  async run(
    actor: Actor,
    kind: ReportKind,
    bytes: Uint8Array,
    { dryRun, idempotency }: Pick<Command, 'dryRun' | 'idempotency'> = {},
  ): Promise<ReportTakenIn> {
    mustBeAllowed(actor, ImportReport.allowed);
    const importedBy = personActing(actor);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const records = readReport(bytes);
    return this.unitOfWork.run({ name: 'payments.import-report', actor, dryRun, idempotency }, async (tx) => {
      const before = await reportOf(tx, sha256);
      if (before) throw reportTakenInBefore(`It was taken in on ${before.importedOn} as report ${before.id}.`);
      const sealed = this.seal.seal(Buffer.from(bytes), reportSealContext(sha256));
      const read = kind === 'input' ? await inputIn(tx, records) : await returnsIn(tx, records, kind);
      if (read.problems.length > 0) throw refusedReport(read.problems);
      const total = Money.sum(read.amounts);
      const reportId = await insertReport(tx, { kind, sha256, sealed, items: records.length, total, importedBy });
      const after = await this.#takeIn(tx, kind, reportId, read);
      const exceptions: readonly NewException[] = [...read.exceptions, ...after.exceptions];
      await insertExceptions(tx, reportId, exceptions);
      const answer = { reportId, kind, records: records.length, total: total.toString() };
      const detail = { ...answer, applied: after.applied, exceptions: exceptions.length };
      tx.audit({ action: 'payments.report-taken-in', subjectKind: 'report', subjectId: reportId, detail });
      return { ...answer, applied: after.applied, exceptions: exceptions.length };
    });
  }

  async #takeIn(
    tx: Transaction,
    kind: ReportKind,
    reportId: string,
    read: InputRead | { readonly returns: readonly ReturnRead[] },
  ): Promise<{ applied: number; exceptions: NewException[] }> {
    const dueOn = await this.#dueOn(tx);
    if ('answers' in read) return takeInInput(tx, reportId, read, dueOn);
    if (kind === 'arucs') return takeInReturns(tx, reportId, read.returns, dueOn);
    return takeInCorrections(tx, reportId, read.returns, {
      propose: this.propose,
      present: (inTx, id) => this.#present(inTx, id),
      dueOn,
    });
  }

  async #present(tx: Transaction, instrumentId: string): Promise<BankDetails> {
    const details = (await this.opened.many(tx, [instrumentId])).get(instrumentId);
    if (!details) throw new Error(`there are no details ${instrumentId}`);
    return details;
  }

  /** By when somebody must have acted: three days that Bacs works. @source Bacs, unpaid credits */
  async #dueOn(tx: Transaction): Promise<PlainDate> {
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    return calendars.bacs.addWorkingDays(tx.today, WORKING_DAYS_TO_ACT);
  }
}
