import { type Money, nextState, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type AwardCommand, type AwardState, awardStates, type InstalmentState } from '../award.states.ts';
import type { PlannedInstalment } from '../domain/instalments.ts';
import { noSuchAward } from '../grant-problems.ts';

/** An award as the database has it. */
export interface AwardRow {
  readonly id: string;
  readonly version: number;
  readonly applicationId: string;
  readonly familyId: string;
  readonly fundId: string;
  readonly approvalId: string;
  readonly amount: string;
  readonly approvedBy: string;
  readonly awardedOn: PlainDate;
  readonly state: AwardState;
}

/** An instalment as the database has it. */
export interface InstalmentRow {
  readonly id: string;
  readonly awardId: string;
  readonly itemId: string;
  readonly applicationId: string;
  readonly approvalId: string;
  readonly leg: number;
  readonly familyId: string;
  readonly fundId: string;
  readonly instrumentId: string | null;
  readonly amount: string;
  readonly dueOn: PlainDate;
  readonly state: InstalmentState;
}

const AWARD = `id, version, application_id as "applicationId", family_id as "familyId", fund_id as "fundId",
  approval_id as "approvalId", amount::numeric(14,2)::text as amount, approved_by as "approvedBy", awarded_on as "awardedOn", state`;
const INSTALMENT = `i.id, i.award_id as "awardId", i.item_id as "itemId", w.application_id as "applicationId", i.approval_id as "approvalId", i.leg,
  i.family_id as "familyId", i.fund_id as "fundId", i.instrument_id as "instrumentId",
  i.amount::numeric(14,2)::text as amount, i.due_on as "dueOn", i.state`;

/** Reads one award; locks it where something is to change. @throws no_such_award */
export async function readAward(tx: Transaction, id: string, lock = false): Promise<AwardRow> {
  const row = await tx.maybe<AwardRow>(`select ${AWARD} from grants.award where id = $1 ${lock ? 'for update' : ''}`, [
    id,
  ]);
  if (!row) throw noSuchAward('No award of this council has that number.');
  return row;
}

/** Finds the award of an application, when there is one. */
export function awardOf(tx: Transaction, applicationId: string): Promise<AwardRow | undefined> {
  return tx.maybe(`select ${AWARD} from grants.award where application_id = $1`, [applicationId]);
}

/** Lists the instalments of an award, in the order they are due. */
export function instalmentsOf(tx: Transaction, awardId: string): Promise<InstalmentRow[]> {
  return tx.query(
    `select ${INSTALMENT} from grants.instalment i join grants.award w on w.id = i.award_id
      where i.award_id = $1 order by i.due_on, i.id`,
    [awardId],
  );
}

/** Lists the instalments due by a day, of one approval where one is named, and locks them: nobody cancels what is being put into a run. */
export function dueInstalments(
  tx: Transaction,
  by: PlainDate,
  approvalId: string | null = null,
): Promise<InstalmentRow[]> {
  return tx.query(
    `select ${INSTALMENT} from grants.instalment i join grants.award w on w.id = i.award_id and w.state = 'active'
      where i.state = 'due' and i.due_on <= $1 and ($2::bigint is null or i.approval_id = $2) order by i.id for share of i`,
    [by, approvalId],
  );
}

/** An award to be written. */
export type NewAward = Pick<AwardRow, 'applicationId' | 'familyId' | 'fundId' | 'approvalId' | 'approvedBy'> & {
  readonly amount: Money;
};

/** Writes an award with its instalments, numbered from nought. @returns its number, and theirs */
export async function insertAward(
  tx: Transaction,
  award: NewAward,
  planned: readonly PlannedInstalment[],
): Promise<{ awardId: string; instalments: InstalmentRow[] }> {
  const { applicationId, familyId, fundId, approvalId, amount, approvedBy } = award;
  const { id: awardId } = await tx.one<{ id: string }>(
    `insert into grants.award (authority_id, application_id, family_id, fund_id, approval_id, amount, approved_by, awarded_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [tx.actor.authorityId, applicationId, familyId, fundId, approvalId, amount.toString(), approvedBy, tx.today],
  );
  const rows = planned.map((each, leg) => ({ ...each, leg }));
  await tx.query(
    `insert into grants.instalment (authority_id, award_id, item_id, approval_id, leg, family_id, fund_id, instrument_id, amount, due_on)
     select $1, $2, p."itemId", $3, p.leg, $4, $5, p."instrumentId", p.amount, p."dueOn"
       from jsonb_to_recordset($6::jsonb) as p("itemId" bigint, leg smallint, "instrumentId" bigint, amount kernel.gbp, "dueOn" date)
      order by p.leg`,
    [tx.actor.authorityId, awardId, approvalId, familyId, fundId, JSON.stringify(rows)],
  );
  return { awardId, instalments: await instalmentsOf(tx, awardId) };
}

/** Moves instalments on: paid by a posted run, or cancelled. */
export async function moveInstalments(
  tx: Transaction,
  ids: readonly string[],
  state: 'paid' | 'cancelled',
  reason = '',
): Promise<void> {
  await tx.because(reason);
  await tx.query(
    `update grants.instalment set state = $2, version = version + 1 where id = any ($1::bigint[]) and state = 'due'`,
    [ids, state],
  );
}

/** Moves a locked award along one edge of its machine. @throws not_in_that_state */
export async function moveAward(
  tx: Transaction,
  award: AwardRow,
  command: AwardCommand,
  reason: string,
): Promise<void> {
  const next = nextState('The award', awardStates, award.state, command);
  await tx.because(reason);
  await tx.query(`update grants.award set state = $2, version = version + 1 where id = $1`, [award.id, next]);
}

/** Lists the awards some instalments are of. */
export async function awardsOfInstalments(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct award_id as id from grants.instalment where id = any ($1::bigint[]) order by 1`,
    [ids],
  );
  return rows.map((row) => row.id);
}
