import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { clockOf } from '../../kernel/index.ts';
import { Relay } from '../../outbox/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { expireVouchers } from '../actions/settle-vouchers.action.ts';
import { listBankFiles, lockBankFile, moveBankFile } from '../store/bank-file.store.ts';
import { fileSettled } from '../statements/actions/settle-shown.ts';
import { takesStatements } from '../statements/store/shown-file.store.ts';
import { lockPastVouchers } from '../store/voucher.store.ts';

const MOST_AT_ONCE = 500;
const WORKING_DAYS_TO_ACT = 3;

/**
 * Moves bank files on with the days. An accepted file settles on its entry day: where the council takes statements in, when
 * they show it. One whose answer is still missing by
 * then, or that somebody began to submit on an earlier day, asks a person. It sends nothing, ever.
 */
@Injectable()
export class BankFileTick implements OnModuleInit {
  constructor(
    private readonly relay: Relay,
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  onModuleInit(): void {
    this.relay.onTick((authorityId) => this.tick(authorityId));
  }

  /** Looks at every file that is under way, each in its own transaction, then at vouchers whose day is past. */
  async tick(authorityId: string): Promise<void> {
    const actor = clockOf(authorityId);
    const files = await this.unitOfWork.read(actor, (tx) =>
      listBankFiles(tx, { states: ['submitting', 'submitted', 'accepted'], limit: MOST_AT_ONCE }),
    );
    for (const { id } of files)
      await this.unitOfWork.run({ name: 'payments.move-file-on', actor }, (tx) => moveOn(tx, id));
    await this.unitOfWork.run({ name: 'payments.expire-vouchers', actor }, async (tx) => {
      const past = await lockPastVouchers(tx);
      if (past.length === 0) return;
      const { bacs } = await this.calendars.of(tx, (await authorityOf(tx)).division);
      await expireVouchers(tx, past, bacs.addWorkingDays(tx.today, WORKING_DAYS_TO_ACT));
    });
  }
}

async function moveOn(tx: Transaction, id: string): Promise<void> {
  const file = await lockBankFile(tx, id);
  const isDay = file.entryDay <= tx.today;
  if (file.state === 'accepted') {
    const isSettled = isDay && (file.shownBy !== null || !(await takesStatements(tx)));
    return isSettled ? fileSettled(tx, id, tx.today) : undefined;
  }
  const isForgotten = file.state === 'submitting' && (file.begunOn ?? tx.today) < tx.today;
  if (!isForgotten && !(file.state === 'submitted' && isDay)) return;
  await moveBankFile(
    tx,
    file,
    'lose',
    {},
    isForgotten ? 'Nobody wrote down whether it was handed in' : 'The bank has not answered',
  );
  tx.audit({ action: 'payments.file-unknown', subjectKind: 'file', subjectId: id });
}
