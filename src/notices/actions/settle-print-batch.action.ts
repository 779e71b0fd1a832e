import { Injectable } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import {
  type Actor,
  type Allowed,
  mustBeAllowed,
  nextState,
  personActing,
  type PlainDate,
} from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { letterArrival } from '../domain/arrival.ts';
import { instantOf } from '../domain/instant-of.ts';
import { printBatchStates } from '../print-batch.states.ts';
import { markPosted, putOutOfBatch } from '../store/letter-queue.store.ts';
import { lockBatch, markBatchPosted, markBatchTakenBack } from '../store/print-batch.store.ts';
import { MakePrintBatch } from './make-print-batch.action.ts';

type Idempotency = Command['idempotency'];

/** Says that a batch of letters was posted today, or takes it back because it was not: the person who carried it. */
@Injectable()
export class SettlePrintBatch {
  static readonly allowed: Allowed = MakePrintBatch.allowed;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  /**
   * Posted today: from now on the posting calendar says when the letters are there. Nobody can date it back.
   * @throws no_such_batch, not_in_that_state
   */
  async posted(actor: Actor, batchId: string, idempotency?: Idempotency): Promise<{ arrivesLatest: PlainDate }> {
    mustBeAllowed(actor, SettlePrintBatch.allowed);
    return this.unitOfWork.run({ name: 'notices.post-print-batch', actor, idempotency }, async (tx) => {
      const batch = await lockBatch(tx, batchId);
      nextState('This batch', printBatchStates, batch.state, 'post');
      const { bacs } = await this.calendars.of(tx, 'england-and-wales');
      const arrival = letterArrival(instantOf(tx.today), batch.postage, bacs);
      await markBatchPosted(tx, batchId, personActing(actor));
      await markPosted(tx, batchId, arrival);
      const detail = { letters: batch.letters, postage: batch.postage, arrivesLatest: arrival.latest };
      tx.audit({ action: 'notices.print-batch-posted', subjectKind: 'print-batch', subjectId: batchId, detail });
      return { arrivesLatest: arrival.latest };
    });
  }

  /** The letters wait again, and go into the next batch. @throws no_such_batch, not_in_that_state */
  async takenBack(actor: Actor, batchId: string, because: string, idempotency?: Idempotency): Promise<void> {
    mustBeAllowed(actor, SettlePrintBatch.allowed);
    await this.unitOfWork.run({ name: 'notices.take-back-print-batch', actor, idempotency }, async (tx) => {
      const batch = await lockBatch(tx, batchId);
      nextState('This batch', printBatchStates, batch.state, 'take_back');
      await markBatchTakenBack(tx, batchId, because);
      await putOutOfBatch(tx, batchId);
      const detail = { letters: batch.letters };
      tx.audit({ action: 'notices.print-batch-taken-back', subjectKind: 'print-batch', subjectId: batchId, detail });
    });
  }
}
