import type { DomainError } from '../../kernel/index.ts';
import { defineProblem } from '../../kernel/index.ts';

/** What Postgres says when it refuses: SQLSTATE, the constraint by name, and a sentence. */
export interface DatabaseRefusal extends Error {
  readonly code?: string;
  readonly constraint?: string;
  readonly detail?: string;
}

export const refusedByTheDatabase = defineProblem('refused_by_the_database', {
  status: 409,
  title: 'The database refused this change',
  whatToDo: 'Nothing was changed. Look at the record again; if it still looks right, report the sentence above.',
});

/** Tells a caller that some text cannot be kept. */
export const textRefused = defineProblem('text_refused', {
  status: 422,
  title: 'Some of this text cannot be kept',
  whatToDo: 'Leave out characters that cannot be printed, then send it again. Nothing was changed.',
});

const known = new Map<string, (refusal: DatabaseRefusal) => DomainError>();

/** Says, once, in a room's own words what a broken constraint of that room means. */
export function whenConstraintBreaks(constraint: string, make: (refusal: DatabaseRefusal) => DomainError): void {
  known.set(constraint, make);
}

/**
 * Turns a refusal by a constraint or guard into a problem a person can act on; other errors pass unchanged.
 *
 * Guards raise SQLSTATE 23514 (check), 23503 (reference), 23505 (unique), 23P01 (overlap) or MS001 with their own
 * sentence, and name themselves as the constraint.
 */
export function explainRefusal(error: unknown): unknown {
  const refusal = databaseRefusal(error);
  if (!refusal) return error;
  if (['22021', '22P05'].includes(refusal.code ?? ''))
    return textRefused('It has a character the database cannot hold.');
  const make = refusal.constraint ? known.get(refusal.constraint) : undefined;
  if (make) return make(refusal);
  const guarded = ['23514', '23503', '23505', '23P01', '23502', 'MS001'].includes(refusal.code ?? '');
  return guarded ? refusedByTheDatabase(`${refusal.message} (${refusal.constraint ?? refusal.code})`) : error;
}

/** Gives the Postgres error inside an error, if there is one. */
export function databaseRefusal(error: unknown): DatabaseRefusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const inner: unknown = (error as { driverError?: unknown }).driverError ?? error;
  return isRefusal(inner) ? inner : undefined;
}

function isRefusal(error: unknown): error is DatabaseRefusal {
  return error instanceof Error && typeof (error as { code?: unknown }).code === 'string';
}
