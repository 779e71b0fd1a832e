import { Inject, Injectable } from '@nestjs/common';
import { type BacsDays, Calendars, lateBacsDays } from '../../calendar/index.ts';
import { instrumentsOn, OpenedBankDetails } from '../../families/index.ts';
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
import {
  type Command,
  CONFIG,
  FieldSeal,
  type ReadyConfig,
  type Transaction,
  UnitOfWork,
  whenConstraintBreaks,
} from '../../platform/index.ts';
import { detailsNotKnownRight } from '../file-problems.ts';
import { bacsReference } from '../rails/bacs/reference.ts';
import { exportFolder, otherFileName, writeExportToDisk } from '../rails/export-folder.ts';
import type { Rail, RailFile, RailName } from '../rails/rail.ts';
import { railOf } from '../rails/rails.ts';
import { returnStates } from '../returned-payment.states.ts';
import { exportSealContext, newExport, nextSerial, readOriginator } from '../store/export.store.ts';
import { confirmationsOf, insertReissue, lockReturns, moveReturn, type ReturnRow } from '../store/return.store.ts';

whenConstraintBreaks('guard_reissue_has_right_details', () => detailsNotKnownRight('The database found them not to be.'));

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
    private readonly bankDetails: OpenedBankDetails,
    private readonly seal: FieldSeal,
    @Inject(CONFIG) private readonly config: ReadyConfig,
  ) {}

  /** @throws no_such_return, not_in_that_state, details_not_known_right, export_disk_refused */
  run(actor: Actor, asked: ReissueAsked, idempotency?: Command['idempotency']): Promise<Reissued> {
    mustBeAllowed(actor, ReissueReturns.allowed);
    const requestedBy = personActing(actor);
    return this.unitOfWork.run({ name: 'payments.reissue-returns', actor, idempotency }, async (tx) => {
      const rail = railOf(asked.rail);
      const days = await this.#days(tx);
      const again = await this.#again(tx, asked.returnIds);
      const { fileId, name } = await this.#file(tx, rail, days, again);
      for (const { id, back, instrumentId } of again) {
        const { familyId } = back;
        const amount = Money.gbp(back.amount);
        const facts = { rail: rail.name, amount, isUrgent: asked.isUrgent, requestedBy };
        await insertReissue(tx, { id, returnId: back.id, fileId, familyId, instrumentId, ...facts });
        await moveReturn(tx, back, 'reissue');
        const detail = { return: back.id, payment: id, file: fileId };
        tx.audit({ action: 'payments.payment-reissued', subjectKind: 'family', subjectId: familyId, detail });
      }
      const total = totalOf(again);
      await postTransfers(tx, transfersOf(again, fileId, total, days.entryDay));
      const payments = again.map(({ id, back, reference }) => ({ returnId: back.id, paymentId: id, reference }));
      return { fileId, name, total: total.toString(), entryDay: days.entryDay, payments };
    });
  }

  async #days(tx: Transaction): Promise<BacsDays> {
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    return lateBacsDays(tx.today, calendars.bacs);
  }

  async #again(tx: Transaction, returnIds: readonly string[]): Promise<Again[]> {
    const returns = await lockReturns(tx, returnIds);
    const { referencePrefix } = await readOriginator(tx);
    const present = await instrumentsOn(
      tx,
      returns.map((back) => back.familyId),
      tx.today,
    );
    const again: Again[] = [];
    for (const back of returns) {
      nextState('The returned payment', returnStates, back.state, 'reissue');
      const instrumentId = present.get(back.familyId);
      const others = (await confirmationsOf(tx, back.id)).filter(({ userId }) => userId !== tx.actor.userId);
      if (instrumentId === undefined || !areRight(back, instrumentId, others.length))
        throw detailsNotKnownRight(`Payment ${back.paidId} came back from the details the family has.`);
      const { id } = await tx.one<{ id: string }>(`select nextval('kernel.document_number')::text as id`);
      again.push({ id, back, instrumentId, reference: bacsReference(referencePrefix, id) });
    }
    return again;
  }

  async #file(
    tx: Transaction,
    rail: Rail,
    days: BacsDays,
    again: readonly Again[],
  ): Promise<{ fileId: string; name: string }> {
    const originator = await readOriginator(tx);
    const serial = await nextSerial(tx);
    const accounts = await this.bankDetails.many(
      tx,
      again.map(({ instrumentId }) => instrumentId),
    );
    const payments = again.map(({ back, instrumentId, reference }) => {
      const payee = accounts.get(instrumentId);
      if (!payee) throw new Error(`return ${back.id} has no details to be paid to`);
      return { payee, reference, amountPence: Money.gbp(back.amount).toPence() };
    });
    const file = rail.write({ serial, originator, createdOn: tx.today, days, payments });
    const name = otherFileName(rail, 'reissue', days.entryDay, serial);
    await writeExportToDisk(await exportFolder(tx, this.config.exportDir), name, file.bytes);
    return { fileId: await this.#keep(tx, rail, { name, serial }, days, file), name };
  }

  #keep(
    tx: Transaction,
    rail: Rail,
    called: { name: string; serial: string },
    { inputDay, entryDay }: BacsDays,
    file: RailFile,
  ): Promise<string> {
    const facts = { runId: null, purpose: 'reissue', rail: rail.name, inputDay, entryDay, ...called } as const;
    return newExport(tx, {
      ...{ ...facts, items: file.items, total: Money.fromPence(file.pence), sha256: Buffer.from(file.sha256, 'hex') },
      sealed: this.seal.seal(file.bytes, exportSealContext(facts)),
    });
  }
}

/** Other details than it came back from are right; the same ones when two more people say so. Where a payee is reported dead, two always say so. */
function areRight(back: ReturnRow, instrumentId: string, others: number): boolean {
  return others >= 2 || (instrumentId !== back.instrumentId && back.code !== '2');
}

function totalOf(again: readonly Again[]): Money {
  return Money.sum(again.map(({ back }) => Money.gbp(back.amount)));
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
