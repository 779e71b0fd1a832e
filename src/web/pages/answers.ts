import type { ZodType } from 'zod';
import { DomainError } from '../../kernel/index.ts';
import { inputRefused, problemDocument, type ProblemDocument } from '../../platform/index.ts';
import type { Form } from './visit.ts';

/** A page to show. */
export class View {
  constructor(
    /** The template, from `src/web`. */
    readonly template: string,
    readonly data: Readonly<Record<string, unknown>>,
    readonly status: number = 200,
  ) {}
}

/** Another page to go to, and what to say there was done. */
export class Redirect {
  constructor(
    readonly url: string,
    readonly told?: string,
  ) {}
}

/** What a page's handler gives. */
export type PageAnswer = View | Redirect;

/** Shows a template. */
export function show(template: string, data: Readonly<Record<string, unknown>> = {}): View {
  return new View(template, data);
}

/** Goes to another page of ours, which says what was done. */
export function goTo(url: string, told?: string): Redirect {
  return new Redirect(url, told);
}

/**
 * Reads a form. @throws input_refused with one item a field
 * @param form as typed; an empty text is an answer not given
 */
export function read<T>(schema: ZodType<T>, form: Form): T {
  const given = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''));
  const found = schema.safeParse(given);
  if (found.success) return found.data;
  const items = found.error.issues.map((issue) => ({
    field: String(issue.path[0] ?? 'form'),
    reason: issue.code === 'invalid_type' && issue.input === undefined ? 'Answer this.' : issue.message,
  }));
  throw inputRefused(
    items.length === 1 ? 'One answer needs another look.' : `${items.length} answers need another look.`,
    items,
  );
}

/**
 * Does what a form asks, or shows the form again with the problem and everything that was typed.
 *
 * Only refusals (4xx) come back to the form; what is our own fault goes on to the problem page.
 */
export async function attempt(
  work: () => Promise<PageAnswer>,
  again: (problem: ProblemDocument) => Promise<View> | View,
): Promise<PageAnswer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind.status >= 500 || error.code === 'not_permitted') throw error;
    const problem = problemDocument(error);
    const view = await again(problem);
    return new View(view.template, { ...view.data, problem }, problem.status === 401 ? 422 : problem.status);
  }
}
