import { Injectable } from '@nestjs/common';
import {
  type Actor,
  addDays,
  type Allowed,
  defineProblem,
  mustBeAllowed,
  personActing,
  type PlainDate,
} from '../../kernel/index.ts';
import { type Transaction, UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import { BankDetailsOutcomes } from '../bank-details-outcomes.ts';

/** Tells a manager or finance officer that they cannot decide on bank details they proposed. */
export const ownBankDetails = defineProblem('own_bank_details', {
  status: 403,
  title: 'You proposed these bank details yourself',
  whatToDo: 'Ask a second person to approve or refuse them.',
});
/** Tells a manager or finance officer that the number is of no bank details here. */
export const noSuchBankDetails = defineProblem('no_such_bank_details', {
  status: 404,
  title: 'There are no such bank details here',
  whatToDo: 'Look at the family again and use the number shown there.',
});
/** Tells a manager or finance officer that these bank details wait for nobody. */
export const bankDetailsNotWaiting = defineProblem('bank_details_not_waiting', {
  status: 409,
  title: 'These bank details are not waiting for a decision',
  whatToDo: 'Look at the family again: somebody may have decided already.',
});
whenConstraintBreaks('ck_bank_details_need_two_people', () => ownBankDetails('Two people are needed.'));

interface Waiting {
  readonly family_id: string;
  readonly kind: string;
  readonly cool_off_days: number;
  readonly state: string;
  readonly ending: string | null;
}

/** The digits a family knows an account or a card by; vouchers have none. */
const ENDING = `case kind when 'voucher' then null else last_digits end`;

/** Approves or refuses proposed bank details, as the second person. A family that had others is told in the same step. */
@Injectable()
export class DecideBankDetails {
  static readonly allowed: Allowed = { roles: ['manager', 'finance'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outcomes: BankDetailsOutcomes,
  ) {}

  /** @returns the first day they are used, or null when refused @throws own_bank_details, bank_details_not_waiting, no_such_bank_details */
  async run(actor: Actor, id: string, outcome: 'approve' | 'refuse'): Promise<{ usableFrom: PlainDate | null }> {
    mustBeAllowed(actor, DecideBankDetails.allowed);
    return this.unitOfWork.run({ name: 'families.decide-bank-details', actor }, async (tx) => {
      const row = await tx.maybe<Waiting>(
        `select family_id, kind, cool_off_days, state, ${ENDING} as ending from families.instrument where id = $1 for update`,
        [id],
      );
      if (!row) throw noSuchBankDetails('No bank details of this council have that number.');
      if (row.state !== 'proposed') throw bankDetailsNotWaiting(`They are ${row.state}.`);
      const usableFrom = outcome === 'approve' ? addDays(tx.today, row.cool_off_days) : null;
      const before = await presentEnding(tx, row.family_id);
      await approveInstruments(tx, [id], outcome);
      const action = outcome === 'approve' ? 'families.bank-details-approved' : 'families.bank-details-refused';
      tx.audit({ action, subjectKind: 'family', subjectId: row.family_id, detail: { id, usableFrom } });
      const ids = { familyId: row.family_id, instrumentId: id };
      if (usableFrom && before && row.kind !== 'third-party')
        await this.outcomes.tell(tx, { ...ids, oldEnding: before.ending, newEnding: row.ending, usableFrom });
      return { usableFrom };
    });
  }
}

function presentEnding(tx: Transaction, familyId: string): Promise<{ ending: string | null } | undefined> {
  return tx.maybe(
    `select ${ENDING} as ending from families.instrument where family_id = $1 and state = 'approved' and kind <> 'third-party' order by usable_from desc, id desc limit 1`,
    [familyId],
  );
}

/** Decides proposed bank details in one statement, for one change or a whole import. */
export async function approveInstruments(
  tx: Transaction,
  ids: readonly string[],
  outcome: 'approve' | 'refuse',
): Promise<void> {
  await tx.query(
    outcome === 'approve'
      ? `update families.instrument set state = 'approved', approved_by = $2, approved_on = $3::date,
                usable_from = $3::date + cool_off_days where id = any ($1::bigint[]) and state = 'proposed'`
      : `update families.instrument set state = 'refused', approved_by = $2, approved_on = $3::date
          where id = any ($1::bigint[]) and state = 'proposed'`,
    [ids, personActing(tx.actor), tx.today],
  );
}

/**
 * Finds the first bank details of these families that still wait for a second person and may be approved with a plan.
 *
 * An account whose name does not match is decided by itself, by somebody who sees that.
 */
export async function waitingFirstInstruments(tx: Transaction, familyIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from families.instrument i where family_id = any ($1::bigint[]) and state = 'proposed' and kind <> 'third-party' and name_check <> 'no-match'
       and not exists (select from families.instrument o
                        where o.family_id = i.family_id and o.state = 'approved' and o.kind <> 'third-party')`,
    [familyIds],
  );
  return rows.map((row) => row.id);
}
