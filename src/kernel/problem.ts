/** What every reader of a problem is told: its HTTP status, its name, and what to do about it. */
export interface ProblemKind {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly whatToDo: string;
}

/** One place in the input that is wrong: a field of a form, or a line and column of a file. */
export interface ProblemItem {
  readonly field?: string;
  readonly line?: number;
  readonly column?: string;
  readonly reason: string;
  readonly whatToDo?: string;
}

const catalogue = new Map<string, ProblemKind>();

/** Tells a caller that a rule said no: a stable code, a sentence, and the places that are wrong. */
export class DomainError extends Error {
  constructor(
    readonly kind: ProblemKind,
    detail: string,
    readonly items: readonly ProblemItem[] = [],
  ) {
    super(detail);
    this.name = 'DomainError';
  }

  get code(): string {
    return this.kind.code;
  }
}

/** Makes one occurrence of a kind of problem. */
export type ProblemMaker = ((detail: string, items?: readonly ProblemItem[]) => DomainError) & { kind: ProblemKind };

/**
 * Names a kind of problem once, for every edge (API, page, CLI) to say the same way.
 *
 * Codes are stable: clients and the page `/problems/CODE` rely on them.
 */
export function defineProblem(code: string, kind: Omit<ProblemKind, 'code'>): ProblemMaker {
  if (catalogue.has(code)) throw new Error(`problem code ${code} is defined twice`);
  const full: ProblemKind = { code, ...kind };
  catalogue.set(code, full);
  return Object.assign((detail: string, items?: readonly ProblemItem[]) => new DomainError(full, detail, items), {
    kind: full,
  });
}

/** Lists every kind of problem the loaded rooms can raise, by code. */
export function problemCatalogue(): readonly ProblemKind[] {
  return [...catalogue.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}
