import { Injectable } from '@nestjs/common';
import { type BacsDays, Calendars, lateBacsDays } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import {
  type Actor,
  type Allowed,
  Money,
  mustBeAllowed,
  nextState,
  personActing,
  type PlainDate,
} from '../../kernel/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import { type Command, type Transaction, UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import { detailsNotKnownRight } from '../file-problems.ts';
import { bacsReference } from '../rails/bacs/reference.ts';
import type { RailName } from '../rails/rail-names.ts';
import { railCannotPayThese } from '../rails/rail-refused.ts';
import { rails } from '../rails/rails.ts';
import { returnStates } from '../returned-payment.states.ts';
import { readOriginator } from '../store/export.store.ts';
import { insertReissue, lockReturns, moveReturn, type ReturnRow } from '../store/return.store.ts';
import { readyAgain } from '../views/ready-again.view.ts';
import { FileMaker } from './file-maker.ts';

whenConstraintBreaks('guard_reissue_has_right_details', () =>
  detailsNotKnownRight('The database found them not to be.'),
);

/** Which payments to make again, and how. */
export interface ReissueAsked {
  readonly returnIds: readonly string[];
  readonly rail: RailName;
  /** A family is without money: it goes the same day. */
  readonly isUrgent: boolean;
}

/** The file of payments made again. */
export interface Reissued {
  readonly fileId: string;
  readonly name: string;
  readonly total: string;
  readonly entryDay: PlainDate;
  readonly payments: readonly { readonly returnId: string; readonly paymentId: string; readonly reference: string }[];
}

/** One payment to be made again, with the details it goes to. */
interface Again {
  readonly id: string;
  readonly back: ReturnRow;
  readonly instrumentId: string;
  readonly reference: string;
}

/**
 * Pays again what came back, once the details are known to be right: each payment under a new number and so a new
 * reference, all in one file.
 */
@Injectable()
export class ReissueReturns {
  static readonly allowed: Allowed = { roles: ['finance'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
    private readonly files: FileMaker,
  ) {}

  /** @throws no_such_return, not_in_that_state, details_not_known_right, rail_cannot_pay_these, export_disk_refused */
  run(actor: Actor, asked: ReissueAsked, idempotency?: Command['idempotency']): Promise<Reissued> {
    mustBeAllowed(actor, ReissueReturns.allowed);
    const requestedBy = personActing(actor);
    return this.unitOfWork.run({ name: 'payments.reissue-returns', actor, idempotency }, async (tx) => {
      if (asked.isUrgent && !rails[asked.rail].isSameDay)
        throw railCannotPayThese('A family without money is paid the same day.');
      const days = await this.#days(tx, asked.rail);
      const again = await paymentsAgain(tx, asked);
      const of = { runId: null, purpose: 'reissue' } as const;
      const payments = again.map(({ id, back, instrumentId }) => ({
        ...{ id, instrumentId, familyId: back.familyId, pence: Money.gbp(back.amount).toPence().toString() },
      }));
      const file = await this.files.make(tx, { rail: asked.rail, of, days, createdOn: tx.today, payments });
      for (const { id, back, instrumentId } of again) {
        const facts = { rail: asked.rail, amount: Money.gbp(back.amount), isUrgent: asked.isUrgent, requestedBy };
        const { familyId } = back;
        await insertReissue(tx, { id, returnId: back.id, fileId: file.id, familyId, instrumentId, ...facts });
        await moveReturn(tx, back, 'reissue');
        const detail = { return: back.id, payment: id, file: file.id };
        tx.audit({ action: 'payments.payment-reissued', subjectKind: 'family', subjectId: familyId, detail });
      }
      await postTransfers(tx, transfersOf(again, file.id, file.total, days.entryDay));
      const made = again.map(({ id, back, reference }) => ({ returnId: back.id, paymentId: id, reference }));
      const { id: fileId, name, total } = file;
      return { fileId, name, total: total.toString(), entryDay: days.entryDay, payments: made };
    });
  }

  /** The soonest that rail can have the money there. */
  async #days(tx: Transaction, rail: RailName): Promise<BacsDays> {
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const { isSameDay } = rails[rail];
    return isSameDay
      ? { inputDay: tx.today, processingDay: tx.today, entryDay: tx.today }
      : lateBacsDays(tx.today, calendars.bacs);
  }
}

/** Finds where each is to go, and that it may. */
async function paymentsAgain(tx: Transaction, { returnIds, rail }: ReissueAsked): Promise<Again[]> {
  const returns = await lockReturns(tx, returnIds);
  const { referencePrefix } = await readOriginator(tx);
  const ready = await readyAgain(tx, returns);
  const again: Again[] = [];
  for (const back of returns) {
    nextState('The returned payment', returnStates, back.state, 'reissue');
    const found = ready.get(back.id);
    if (!found) throw detailsNotKnownRight(`Payment ${back.paidId} came back from the details the family has.`);
    const { instrumentId, kind, rails: possible } = found;
    if (!possible.includes(rail)) throw railCannotPayThese(`Payment ${back.paidId} goes to a ${kind}.`);
    const { id } = await tx.one<{ id: string }>(`select nextval('kernel.document_number')::text as id`);
    again.push({ id, back, instrumentId, reference: bacsReference(referencePrefix, id) });
  }
  return again;
}

function transfersOf(
  again: readonly Again[],
  fileId: string,
  total: Money,
  effectiveDate: PlainDate,
): Parameters<typeof postTransfers>[1] {
  return [
    ...again.map(({ id, back }) => ({
      ...{ documentId: id, kind: 'reissue' as const, amount: Money.gbp(back.amount), effectiveDate },
      ...{ debit: { kind: 'returned' as const }, credit: { kind: 'payable' as const } },
    })),
    {
      ...{ documentId: fileId, kind: 'send-again', amount: total, effectiveDate },
      ...{ debit: { kind: 'payable' }, credit: { kind: 'clearing' } },
    },
  ];
}
