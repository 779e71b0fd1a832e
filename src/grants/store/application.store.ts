import { nextState, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type ApplicationCommand, type ApplicationState, applicationStates } from '../application.states.ts';
import type { ApplicationAnswers } from '../domain/grant-application.ts';
import { noSuchApplication } from '../grant-problems.ts';

/** An application as the database has it. */
export interface ApplicationRow extends ApplicationAnswers {
  readonly id: string;
  readonly version: number;
  readonly familyId: string;
  readonly state: ApplicationState;
  /** The award it adds to; null for an application of its own. */
  readonly topsUp: string | null;
  /** Why it cannot wait for the next run; null when it can. */
  readonly emergencyReason: string | null;
  readonly recommendation: string;
  readonly openedBy: string | null;
  readonly openedOn: PlainDate;
  readonly submittedOn: PlainDate | null;
  readonly recommendedBy: string | null;
  readonly approvalId: string | null;
  readonly decidedBy: string | null;
  readonly decisionReason: string;
}

export const APPLICATION = `a.id, a.version, a.family_id as "familyId", a.fund_id as "fundId", a.state, a.tops_up as "topsUp", a.emergency_reason as "emergencyReason", a.need, a.child_need as "childNeed",
  a.identity_seen as "identitySeen", a.conflict, a.conflict_words as "conflictWords", a.recommendation,
  a.opened_by as "openedBy", a.opened_on as "openedOn", a.submitted_on as "submittedOn", a.recommended_by as "recommendedBy",
  a.approval_id as "approvalId", a.decided_by as "decidedBy", a.decision_reason as "decisionReason"`;

/** Reads one application. @throws no_such_application */
export async function readApplication(tx: Transaction, id: string): Promise<ApplicationRow> {
  return found(await tx.maybe<ApplicationRow>(`select ${APPLICATION} from grants.application a where a.id = $1`, [id]));
}

/** Reads one application and locks it for this transaction. @throws no_such_application */
export async function lockApplication(tx: Transaction, id: string): Promise<ApplicationRow> {
  const sql = `select ${APPLICATION} from grants.application a where a.id = $1 for update`;
  return found(await tx.maybe<ApplicationRow>(sql, [id]));
}

function found(row: ApplicationRow | undefined): ApplicationRow {
  if (!row) throw noSuchApplication('No application of this council has that number.');
  return row;
}

/** Writes a new application, a draft. @returns its number */
export async function insertApplication(
  tx: Transaction,
  familyId: string,
  fundId: string,
  topsUp: string | null = null,
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into grants.application (authority_id, family_id, fund_id, opened_by, opened_on, tops_up) values ($1, $2, $3, $4, $5, $6) returning id`,
    [tx.actor.authorityId, familyId, fundId, tx.actor.userId ?? null, tx.today, topsUp],
  );
  return id;
}

const COLUMN_OF: Readonly<Record<keyof ApplicationAnswers, string>> = {
  ...{ fundId: 'fund_id', need: 'need', childNeed: 'child_need', identitySeen: 'identity_seen' },
  ...{ conflict: 'conflict', conflictWords: 'conflict_words', emergencyReason: 'emergency_reason' },
};

/** Writes some answers of an application that is a draft. */
export async function writeAnswers(tx: Transaction, id: string, answers: Partial<ApplicationAnswers>): Promise<void> {
  const names = (Object.keys(COLUMN_OF) as (keyof ApplicationAnswers)[]).filter((name) => answers[name] !== undefined);
  const set = names.map((name, index) => `${COLUMN_OF[name]} = $${index + 2}, `).join('');
  await tx.query(`update grants.application set ${set} version = version + 1 where id = $1`, [
    id,
    ...names.map((name) => answers[name]),
  ]);
}

/** Moves a locked application along one edge of its machine, setting what changes with it. @throws not_in_that_state */
export async function moveApplication(
  tx: Transaction,
  application: ApplicationRow,
  command: ApplicationCommand,
  set: Readonly<Record<string, string | null>> = {},
  reason = '',
): Promise<void> {
  const next = nextState('The application', applicationStates, application.state, command);
  await tx.because(reason);
  const columns = Object.keys(set).map((name, index) => `, ${name} = $${index + 3}`);
  await tx.query(`update grants.application set state = $2, version = version + 1 ${columns.join('')} where id = $1`, [
    application.id,
    next,
    ...Object.values(set),
  ]);
}

/** Lists everybody who wrote on an application: none of them decides on it. */
export async function writersOf(tx: Transaction, id: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select user_id as id from grants.touch where application_id = $1 order by user_id`,
    [id],
  );
  return rows.map((row) => row.id);
}
