import type { PlainDate } from '../../../kernel/index.ts';
import { type ColumnName, columnByName, saidOnceForTheFamily } from './family-file-columns.ts';
import type { RowCells } from './row-cells.ts';

/** Holds what a family's first row says for the whole family, as written and as read. */
export class FamilyTerms {
  readonly #written: Partial<Record<ColumnName, string>> = {};
  readonly #read: Partial<Record<ColumnName, string>> = {};

  private constructor(readonly line: number) {}

  /** Reads the first row a caseworker wrote for a family; with `whole` false its blanks are not problems. */
  static read(row: RowCells, whole: boolean): FamilyTerms {
    const terms = new FamilyTerms(row.line);
    for (const column of saidOnceForTheFamily) {
      const { required, blankMeans } = columnByName[column];
      const written = row.text(column);
      if (written !== '') terms.#written[column] = written;
      const read = required && whole ? row.required(column) : row.value(column);
      const meant = written === '' ? blankMeans : read;
      if (meant !== undefined) terms.#read[column] = meant;
    }
    if (terms.#written.paid_up_to === undefined) terms.#read.paid_up_to = terms.#read.support_from;
    return terms;
  }

  get(column: ColumnName): string | undefined {
    return this.#read[column];
  }

  date(column: ColumnName): PlainDate | undefined {
    return this.#read[column] as PlainDate | undefined;
  }

  isWritten(column: ColumnName): boolean {
    return this.#written[column] !== undefined;
  }

  /**
   * Reports where a later row says something else than the first: money must not depend on which row is believed.
   *
   * With `whole` false a row may be missing before it, so a first row that is silent contradicts nothing.
   */
  checkRepeatedOn(row: RowCells, whole: boolean): void {
    for (const column of saidOnceForTheFamily) {
      const written = row.text(column);
      if (written === '' || written === this.#written[column]) continue;
      const read = row.value(column);
      if (!whole && !this.isWritten(column)) continue;
      const unreadableBefore = this.isWritten(column) && this.#read[column] === undefined;
      if (read === undefined || unreadableBefore || read === this.#read[column]) continue;
      row.refuse(
        column,
        `This ${column} is not what the first row of the family says on line ${this.line}.`,
        `Write it once, on line ${this.line}, and leave it blank here.`,
      );
    }
  }
}
