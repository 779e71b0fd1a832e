import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Details a bank says are wrong, though the money arrived. */
export interface NewWrongDetails {
  readonly reportId: string;
  readonly line: number;
  readonly paidId: string;
  readonly familyId: string;
  readonly instrumentId: string;
  readonly code: string;
  readonly proposedId: string | null;
  readonly dueOn: PlainDate;
}

/** Writes down that a bank says some details are wrong. */
export async function insertWrongDetails(tx: Transaction, wrong: NewWrongDetails): Promise<void> {
  const { reportId, line, paidId, familyId, instrumentId, code, proposedId, dueOn } = wrong;
  await tx.query(
    `insert into payments.wrong_details (authority_id, report_id, line_no, paid_id, family_id, instrument_id, code, proposed_instrument_id, due_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [tx.actor.authorityId, reportId, line, paidId, familyId, instrumentId, code, proposedId, dueOn],
  );
}

/** Details a bank says are wrong, as they are shown. */
export interface WrongDetailsRow {
  readonly id: string;
  readonly familyId: string;
  readonly instrumentId: string;
  readonly code: string;
  readonly proposedId: string | null;
  readonly arrivedOn: PlainDate;
  readonly dueOn: PlainDate;
}

/** Lists details banks say are wrong, the newest first; whether they were put right since is the families' to say. */
export function listWrongDetails(tx: Transaction, limit: number): Promise<WrongDetailsRow[]> {
  return tx.query(
    `select id, family_id as "familyId", instrument_id as "instrumentId", code, proposed_instrument_id as "proposedId",
            arrived_on as "arrivedOn", due_on as "dueOn" from payments.wrong_details order by id desc limit $1`,
    [limit],
  );
}
