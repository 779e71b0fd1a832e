import { Money, nextState, type PlainDate } from '../../kernel/index.ts';
import { recoveredSoFar } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { RecoveryTerms } from '../domain/recovery.ts';
import { noSuchRecovery } from '../recovery-problems.ts';
import { type RecoveryCommand, type RecoveryState, recoveryStates } from '../recovery.states.ts';
import { floorInForce } from './recovery-floor.store.ts';
import { type Busy, waitingRows } from './waiting-rows.ts';

/** What a family agreed to: how much a week, from which payment on, when, with whom, in which language. */
export interface RecoveryAgreed {
  readonly weekly: string;
  /** The first day of the first payment that is smaller. */
  readonly startsOn: PlainDate;
  readonly agreedOn: PlainDate;
  readonly agreedWith: string;
  readonly explainedIn: string;
  readonly evidence: string;
}

/** A recovery as the database has it. Amounts are text. */
export interface RecoveryRow extends RecoveryAgreed {
  readonly id: string;
  readonly overpaymentId: string;
  readonly familyId: string;
  readonly planId: string;
  readonly weeklyBefore: string;
  readonly weeklyAfter: string;
  readonly lastOn: PlainDate;
  readonly noticeId: string;
  readonly floorId: string;
  readonly state: RecoveryState;
  readonly proposedBy: string;
  readonly proposedOn: PlainDate;
  readonly decidedBy: string | null;
  readonly because: string | null;
}

/** A recovery to be proposed. */
export type NewRecovery = Omit<RecoveryRow, 'id' | 'state' | 'proposedOn' | 'decidedBy' | 'because'>;

const COLUMNS = `id, overpayment_id as "overpaymentId", family_id as "familyId", plan_id as "planId",
  weekly::numeric(14,2)::text as weekly, starts_on as "startsOn", agreed_on as "agreedOn", agreed_with as "agreedWith",
  explained_in as "explainedIn", evidence, weekly_before::numeric(14,2)::text as "weeklyBefore",
  weekly_after::numeric(14,2)::text as "weeklyAfter", last_on as "lastOn", notice_id as "noticeId", floor_id as "floorId", state,
  proposed_by as "proposedBy", proposed_on as "proposedOn", decided_by as "decidedBy", because`;

/** Writes a proposed recovery. @returns its number */
export async function insertRecovery(tx: Transaction, recovery: NewRecovery): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into subsistence.recovery (authority_id, overpayment_id, family_id, plan_id, weekly, starts_on, weekly_before, weekly_after,
       last_on, agreed_on, agreed_with, explained_in, evidence, floor_id, notice_id, proposed_by)
     select $1, r."overpaymentId", r."familyId", r."planId", r.weekly, r."startsOn", r."weeklyBefore", r."weeklyAfter", r."lastOn",
            r."agreedOn", r."agreedWith", r."explainedIn", r.evidence, r."floorId", r."noticeId", r."proposedBy"
       from jsonb_to_record($2::jsonb) as r("overpaymentId" bigint, "familyId" bigint, "planId" bigint, weekly kernel.gbp, "startsOn" date,
         "weeklyBefore" kernel.gbp, "weeklyAfter" kernel.gbp, "lastOn" date, "agreedOn" date, "agreedWith" text, "explainedIn" text,
         evidence text, "floorId" bigint, "noticeId" bigint, "proposedBy" bigint) returning id`,
    [tx.actor.authorityId, JSON.stringify(recovery)],
  );
  return id;
}

/** Reads one recovery. @throws no_such_recovery */
export async function readRecovery(tx: Transaction, id: string): Promise<RecoveryRow> {
  const row = await tx.maybe<RecoveryRow>(`select ${COLUMNS} from subsistence.recovery where id = $1`, [id]);
  if (!row) throw noSuchRecovery('No recovery of this council has that number.');
  return row;
}

/** Reads one recovery, and keeps others from settling it meanwhile. @throws no_such_recovery */
export async function lockRecovery(tx: Transaction, id: string): Promise<RecoveryRow> {
  await tx.query(`select 1 from subsistence.recovery where id = $1 for update`, [id]);
  return readRecovery(tx, id);
}

/** Finds and locks the recoveries that wait for some notices. @param busy what to do about one that is being settled */
export function lockRecoveriesInNotice(
  tx: Transaction,
  noticeIds: readonly string[],
  busy: Busy,
): Promise<RecoveryRow[]> {
  return tx.query(waitingRows(COLUMNS, 'subsistence.recovery', busy), [noticeIds]);
}

/** Lists recoveries in some states, the oldest first. @param after the last number of the page before */
export function recoveriesIn(
  tx: Transaction,
  states: readonly RecoveryState[],
  after: string,
  limit: number,
): Promise<RecoveryRow[]> {
  return tx.query(
    `select ${COLUMNS} from subsistence.recovery where state = any ($1::text[]) and id > $2 order by id limit $3`,
    [states, after, limit],
  );
}

/** Lists what was ever agreed about an overpayment, the newest first. */
export function recoveriesOfOverpayment(tx: Transaction, overpaymentId: string): Promise<RecoveryRow[]> {
  return tx.query(`select ${COLUMNS} from subsistence.recovery where overpayment_id = $1 order by id desc`, [
    overpaymentId,
  ]);
}

/** Lists a family's recoveries, the newest first. */
export function recoveriesOfFamily(tx: Transaction, familyId: string): Promise<RecoveryRow[]> {
  return tx.query(`select ${COLUMNS} from subsistence.recovery where family_id = $1 order by id desc limit 50`, [
    familyId,
  ]);
}

/** Moves a recovery on; the database knows which steps there are. @throws not_in_that_state */
export async function moveRecovery(
  tx: Transaction,
  { id, state }: RecoveryRow,
  command: RecoveryCommand,
  more: {
    readonly because?: string;
    readonly endedBy?: string;
    readonly approved?: { by: string; requestId: string };
  } = {},
): Promise<RecoveryState> {
  const to = nextState(`Recovery ${id}`, recoveryStates, state, command);
  await tx.query(
    `update subsistence.recovery set state = $2, because = coalesce($3, because), ended_by = coalesce($4, ended_by),
            decided_by = coalesce($5, decided_by), approval_id = coalesce($6, approval_id), version = version + 1 where id = $1`,
    [id, to, more.because ?? null, more.endedBy ?? null, more.approved?.by ?? null, more.approved?.requestId ?? null],
  );
  return to;
}

interface InEffect {
  readonly overpaymentId: string;
  readonly familyId: string;
  readonly weekly: string;
  readonly startsOn: PlainDate;
  readonly amount: string;
}

/** Reads what families pay back, by family, for pricing: one look at an index that is usually empty. */
export async function recoveriesInEffect(
  tx: Transaction,
  familyIds: readonly string[],
): Promise<Map<string, RecoveryTerms>> {
  const rows = await tx.query<InEffect>(
    `select r.overpayment_id as "overpaymentId", r.family_id as "familyId", r.weekly::numeric(14,2)::text as weekly,
            r.starts_on as "startsOn", o.amount::numeric(14,2)::text as amount
       from subsistence.recovery r join subsistence.overpayment o on o.id = r.overpayment_id
      where r.state = 'in_effect' and r.family_id = any ($1::bigint[])`,
    [familyIds],
  );
  const floor = rows.length > 0 ? await floorInForce(tx) : undefined;
  if (!floor) return new Map();
  const paidBack = await recoveredSoFar(
    tx,
    rows.map((row) => row.overpaymentId),
  );
  return new Map(
    rows.map(({ overpaymentId, familyId, weekly, startsOn, amount }) => {
      const left = Money.gbp(amount).minus(Money.gbp(paidBack.get(overpaymentId)?.all ?? '0.00'));
      const terms = { overpaymentId, startsOn, weeklyPence: Money.gbp(weekly).toPence(), leftPence: left.toPence() };
      return [
        familyId,
        { ...terms, floor: { percent: floor.percent, weeklyPence: Money.gbp(floor.weekly).toPence() } },
      ];
    }),
  );
}
