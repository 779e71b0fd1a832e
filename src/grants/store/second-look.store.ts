import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** The second look at what was paid the same day. */
export interface SecondLook {
  readonly awardId: string;
  readonly dueOn: PlainDate;
  readonly lookedBy: string | null;
  readonly lookedOn: PlainDate | null;
  readonly agreed: boolean | null;
  readonly note: string | null;
}

const LOOK = `award_id as "awardId", due_on as "dueOn", looked_by as "lookedBy", looked_on as "lookedOn", agreed, note`;

/** Writes down that an award is looked at again, and by when. */
export async function insertSecondLook(tx: Transaction, awardId: string, dueOn: PlainDate): Promise<void> {
  await tx.query(`insert into grants.second_look (award_id, authority_id, due_on) values ($1, $2, $3)`, [
    ...[awardId, tx.actor.authorityId, dueOn],
  ]);
}

/** Writes down what the second look found. @returns whether it was still to be taken */
export async function takeSecondLook(
  tx: Transaction,
  awardId: string,
  { agreed, note }: { readonly agreed: boolean; readonly note: string },
): Promise<boolean> {
  const taken = await tx.execute(
    `update grants.second_look set looked_by = $2, looked_on = $3, agreed = $4, note = $5
      where award_id = $1 and looked_by is null`,
    [awardId, tx.actor.userId, tx.today, agreed, note],
  );
  return taken === 1;
}

/** Finds the second look at an award, when it has one. */
export function secondLookAt(tx: Transaction, awardId: string): Promise<SecondLook | undefined> {
  return tx.maybe(`select ${LOOK} from grants.second_look where award_id = $1`, [awardId]);
}

/** A second look that waits. */
export interface SecondLookWaiting extends SecondLook {
  readonly applicationId: string;
  readonly familyId: string;
  readonly amount: string;
  readonly isOverdue: boolean;
}

/** Lists second looks that wait, the longest overdue first. */
export function secondLooksWaiting(tx: Transaction, limit: number): Promise<SecondLookWaiting[]> {
  return tx.query(
    `select l.award_id as "awardId", l.due_on as "dueOn", l.looked_by as "lookedBy", l.looked_on as "lookedOn", l.agreed, l.note,
            w.application_id as "applicationId", w.family_id as "familyId", w.amount::numeric(14,2)::text as amount,
            l.due_on < $1::date as "isOverdue"
       from grants.second_look l join grants.award w on w.id = l.award_id
      where l.looked_by is null order by l.due_on, l.award_id limit $2`,
    [tx.today, limit],
  );
}
