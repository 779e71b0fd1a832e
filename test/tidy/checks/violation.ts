/** One fault in the house: where, what, and the cure. */
export interface Violation {
  readonly file: string;
  readonly line?: number;
  readonly found: string;
  readonly cure: string;
}

/** Looks at a tree of the house's shape and lists its faults. */
export type Check = (root: string) => Violation[] | Promise<Violation[]>;

/** Says a fault in one line, as an editor can follow it. */
export function sentence(violation: Violation): string {
  const place = violation.line === undefined ? violation.file : `${violation.file}:${violation.line}`;
  return `${place} ${violation.found}. ${violation.cure}`;
}
