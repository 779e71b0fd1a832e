import { quoted } from './cells/cell-reading.ts';
import type { FamilyInFile } from './family-in-file.ts';
import type { FileProblems } from './file-problems.ts';
import { OpenFamily } from './open-family.ts';
import type { RowCells } from './row-cells.ts';

/**
 * Makes families of the rows of a file, for the operator who brings it: the rows of a family stand together.
 *
 * A reference that comes back after another family is a problem, not a merge: it is nearly always a paste mistake.
 */
export class FamiliesInOrder {
  readonly #families: FamilyInFile[] = [];
  readonly #firstLines = new Map<string, number>();
  #open: OpenFamily | undefined;
  #rowMissing = false;
  #rows = 0;

  constructor(private readonly problems: FileProblems) {}

  /** How many members' rows were taken. */
  get rows(): number {
    return this.#rows;
  }

  take(row: RowCells): void {
    this.#rows += 1;
    const reference = row.required('family_reference') ?? row.text('family_reference');
    // A row without a reference is reported once, and read as the family above so that it starts no false one.
    const key = reference.toUpperCase() || (this.#open?.key ?? '');
    if (this.#open?.key === key) this.#open.add(row);
    else this.#begin(key, row);
    this.#rowMissing = false;
  }

  /** Remembers that a row could not be read: it may have been part of the family before it or after it. */
  rowMissing(): void {
    this.#rowMissing = true;
    if (this.#open) this.#open.whole = false;
  }

  /** Ends the last family and gives them all, in the order of the file. */
  finish(): readonly FamilyInFile[] {
    this.#end();
    return this.#families;
  }

  #begin(key: string, row: RowCells): void {
    this.#end();
    const firstLine = this.#firstLines.get(key);
    if (firstLine === undefined) this.#firstLines.set(key, row.line);
    else {
      const reason = `${quoted(key)} on line ${row.line} began on line ${firstLine}, and another family stands between.`;
      const whatToDo = 'Put all rows of a family together; for two families, give each its own reference.';
      row.refuse('family_reference', reason, whatToDo);
    }
    this.#open = new OpenFamily(key, row, firstLine === undefined && !this.#rowMissing);
  }

  #end(): void {
    this.#open?.close();
    const family = this.problems.count === 0 ? this.#open?.family() : undefined;
    if (family) this.#families.push(family);
    this.#open = undefined;
  }
}
