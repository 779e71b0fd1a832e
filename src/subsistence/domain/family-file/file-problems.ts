import { defineProblem } from '../../../kernel/index.ts';
import type { DomainError, ProblemItem } from '../../../kernel/index.ts';

/** Tells an operator that a family file was refused whole, with the lines that are wrong. */
export const familyFileRefused = defineProblem('family_file_refused', {
  status: 422,
  title: 'That family file cannot be imported',
  whatToDo: 'Put right every problem listed, then import the whole file again. Nothing was imported.',
});

/** Says how many problems an operator is shown; the rest are counted. */
export const mostProblemsListed = 1000;

/** Collects everything wrong with a file for the operator who has to put it right, in the order of its lines. */
export class FileProblems {
  readonly #listed: ProblemItem[] = [];
  #count = 0;
  #uncheckedAfter: number | undefined;

  get count(): number {
    return this.#count;
  }

  add(item: ProblemItem): void {
    this.#count += 1;
    if (this.#listed.length < mostProblemsListed) this.#listed.push(item);
  }

  /** Remembers that reading ended early, so that nobody takes the count for the whole file's. */
  stoppedAt(line: number): void {
    this.#uncheckedAfter = line;
  }

  /** Refuses the file when anything was wrong. @throws family_file_refused with at most `mostProblemsListed` items */
  refuseIfAny(): void {
    if (this.#count === 0) return;
    const counted = this.#count === 1 ? 'one problem' : `${this.#count.toLocaleString('en-GB')} problems`;
    const shown = this.#count > this.#listed.length ? ` The first ${this.#listed.length} are listed.` : '';
    const unchecked = this.#uncheckedAfter;
    const rest = unchecked === undefined ? '' : ` What comes after line ${unchecked} could not be checked.`;
    const items = this.#listed.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
    throw familyFileRefused(`The family file has ${counted}; nothing was imported.${shown}${rest}`, items);
  }
}

/** Makes the refusal of a file that cannot be read at all, for the operator who saved it. */
export function wholeFileRefused(reason: string, whatToDo: string, line?: number): DomainError {
  const item = line === undefined ? { reason, whatToDo } : { line, reason, whatToDo };
  return familyFileRefused(`The family file cannot be read: ${reason}`, [item]);
}
