import { nextState, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type FamilyRequestCommand, type FamilyRequestState, familyRequestStates } from '../family-request.states.ts';
import { noSuchRequest } from '../intake-problems.ts';

/** What a family asks for from its own page. */
export interface NewFamilyRequest {
  /** By codes of the catalogue. */
  readonly codes: readonly string[];
  readonly need: string;
}

/** A family's request as the database has it. */
export interface FamilyRequestRow extends NewFamilyRequest {
  readonly id: string;
  readonly version: number;
  readonly familyId: string;
  readonly state: FamilyRequestState;
  readonly sentOn: PlainDate;
  readonly answerBy: PlainDate;
  readonly applicationId: string | null;
  readonly answeredBy: string | null;
  readonly answeredOn: PlainDate | null;
  readonly answer: string | null;
}

const REQUEST = `id, version, family_id as "familyId", state, codes, need, sent_on as "sentOn", answer_by as "answerBy",
  application_id as "applicationId", answered_by as "answeredBy", answered_on as "answeredOn", answer`;

/** Writes down what a family asked for. @returns its number */
export async function insertFamilyRequest(
  tx: Transaction,
  from: { readonly familyId: string; readonly sessionId: string },
  asked: NewFamilyRequest & { readonly answerBy: PlainDate },
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into grants.family_request (authority_id, family_id, session_id, codes, need, sent_on, answer_by)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [tx.actor.authorityId, from.familyId, from.sessionId, asked.codes, asked.need, tx.today, asked.answerBy],
  );
  return id;
}

/** Reads one request. @throws no_such_family_request */
export async function readFamilyRequest(tx: Transaction, id: string, lock = false): Promise<FamilyRequestRow> {
  const sql = `select ${REQUEST} from grants.family_request where id = $1 ${lock ? 'for update' : ''}`;
  const row = await tx.maybe<FamilyRequestRow>(sql, [id]);
  if (!row) throw noSuchRequest('No request of this council has that number.');
  return row;
}

/** Lists requests, the one to be answered first first: open ones, or those of a family. */
export function familyRequestsListed(
  tx: Transaction,
  asked: { readonly familyId?: string; readonly state?: FamilyRequestState; readonly limit: number },
): Promise<FamilyRequestRow[]> {
  return tx.query(
    `select ${REQUEST} from grants.family_request where ($1::bigint is null or family_id = $1) and ($2::text is null or state = $2)
      order by answer_by, id limit $3`,
    [asked.familyId ?? null, asked.state ?? null, asked.limit],
  );
}

/** Finds the request an application began with. */
export function requestOfApplication(tx: Transaction, applicationId: string): Promise<FamilyRequestRow | undefined> {
  return tx.maybe(`select ${REQUEST} from grants.family_request where application_id = $1`, [applicationId]);
}

/** Moves a locked request along one edge of its machine. @throws not_in_that_state */
export async function moveFamilyRequest(
  tx: Transaction,
  request: FamilyRequestRow,
  command: FamilyRequestCommand,
  set: { readonly applicationId?: string; readonly answer?: string },
): Promise<void> {
  const next = nextState('The request', familyRequestStates, request.state, command);
  await tx.query(
    `update grants.family_request set state = $2, version = version + 1, application_id = $3, answer = $4, answered_by = $5,
            answered_on = $6 where id = $1`,
    [request.id, next, set.applicationId ?? null, set.answer ?? null, tx.actor.userId, tx.today],
  );
}
