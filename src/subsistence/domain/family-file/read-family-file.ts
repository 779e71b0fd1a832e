import { createHash } from 'node:crypto';
import type { PlainDate } from '../../../kernel/index.ts';
import type { CellProblem } from './cells/cell-reading.ts';
import { type RowTaker, readRows } from './csv-rows.ts';
import { FamiliesInOrder } from './families-in-order.ts';
import type { FamilyInFile } from './family-in-file.ts';
import { textOfFile } from './file-bytes.ts';
import { FileProblems, wholeFileRefused } from './file-problems.ts';
import { type Header, readHeader } from './header.ts';
import { RowCells } from './row-cells.ts';

/** Carries a family file without a problem: its families in order, its number of members' rows, its fingerprint. */
export interface FamilyFile {
  readonly families: FamilyInFile[];
  readonly rows: number;
  /** SHA-256 of the bytes as they came, in lower-case hexadecimal. */
  readonly sha256: string;
}

/**
 * Reads the file an operator brings a council's families in, all or nothing.
 *
 * @param bytes the file as it came: CSV, UTF-8 with or without a byte order mark, at most 200 MB
 * @param today the day births and due dates are judged by
 * @throws family_file_refused with an item for every problem: its line (from 1), column, reason and what to do
 */
export function readFamilyFile(bytes: Uint8Array, today: PlainDate): FamilyFile {
  const text = textOfFile(bytes);
  const problems = new FileProblems();
  const families = new FamiliesInOrder(problems);
  const rows = new RowsOfFamilies(problems, families, today);
  readRows(text, problems, rows);
  rows.end();
  const read = families.finish();
  problems.refuseIfAny();
  if (families.rows === 0) {
    const reason = 'The file has only the names of the columns, and no family.';
    throw wholeFileRefused(reason, 'Export the families again and check that the file has rows.', 1);
  }
  return { families: [...read], rows: families.rows, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Takes the first row as the header, leaves out blank rows, and hands whole rows on to the families. */
class RowsOfFamilies implements RowTaker {
  #header: Header | undefined;
  #wrongWidth: { line: number; cells: number; width: number } | undefined;

  constructor(
    private readonly problems: FileProblems,
    private readonly families: FamiliesInOrder,
    private readonly today: PlainDate,
  ) {}

  row(line: number, cells: readonly string[]): void {
    // Spreadsheets leave rows of nothing but commas behind.
    if (cells.every((cell) => cell.trim() === '')) return;
    if (!this.#header) {
      this.#header = readHeader(line, cells);
      return;
    }
    this.#reportWrongWidth(false);
    if (cells.length === this.#header.columns.length) {
      this.families.take(new RowCells(line, cells, this.#header, this.problems, this.today));
    } else {
      this.#wrongWidth = { line, cells: cells.length, width: this.#header.columns.length };
      this.families.rowMissing();
    }
  }

  unreadable({ line, cell }: { line: number; cell: number }, problem: CellProblem): void {
    this.#reportWrongWidth(false);
    const column = this.#header?.columns[cell];
    this.problems.add({ line, ...(column && { column }), ...problem });
    this.families.rowMissing();
    // Without a header no row can be told apart.
    if (!this.#header) this.problems.refuseIfAny();
  }

  /** Ends the file: only now is it known that a short row was the last. */
  end(): void {
    if (!this.#header)
      throw wholeFileRefused('The file is empty.', 'Export the families again and check that it has rows.');
    this.#reportWrongWidth(true);
  }

  #reportWrongWidth(last: boolean): void {
    if (!this.#wrongWidth) return;
    const { line, cells, width } = this.#wrongWidth;
    this.#wrongWidth = undefined;
    const cutShort = last && cells < width;
    const counts = `${cells === 1 ? '1 cell' : `${cells} cells`} and the first line has ${width}`;
    this.problems.add({
      line,
      reason: cutShort ? `The file stops in the middle of this row: it has ${counts}.` : `This row has ${counts}.`,
      whatToDo: cutShort
        ? 'Export the file again: it was cut short.'
        : `Write ${width} cells; put double quotes round a value that has a comma in it.`,
    });
  }
}
