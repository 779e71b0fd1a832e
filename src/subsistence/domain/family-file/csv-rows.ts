import { CsvError, parse } from 'csv-parse/sync';
import type { CellProblem } from './cells/cell-reading.ts';
import { type FileProblems, mostProblemsListed } from './file-problems.ts';
import { LineCounter, lineEndsIn } from './line-counter.ts';

/** Takes what is found in a file, row by row, for whoever makes families of it. */
export interface RowTaker {
  /** Is given a row: the line it starts on, and its cells as written. */
  row(line: number, cells: readonly string[]): void;
  /** Is told which cell, counted from 0, made a row unreadable: the row is left out, so that what is missing is not blamed on the family. */
  unreadable(where: { readonly line: number; readonly cell: number }, problem: CellProblem): void;
}

const longestRow = 100_000;

/** Ends the reading early; it never leaves this file. */
class StopReading extends Error {}

/**
 * Reads the CSV grammar of a file for an operator: every row with its line, every misplaced quotation mark.
 *
 * Line ends may be LF, CRLF or CR. A row with a stray quotation mark is left out and reading goes on; an unclosed one
 * ends the reading, because what follows cannot be told apart.
 */
export function readRows(text: Buffer, problems: FileProblems, taker: RowTaker): void {
  const rows = new RowsInOrder(text, problems, taker);
  try {
    parse(text, {
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: longestRow,
      // Rows are handed on as they come and none is kept: a large file is never in memory twice.
      on_record: (cells: string[], { bytes }) => rows.read(cells, bytes),
      on_skip: (error) => rows.skipped(error),
    });
  } catch (error) {
    if (!(error instanceof StopReading)) throw error;
  }
}

class RowsInOrder {
  readonly #lines: LineCounter;
  #previousLine = 0;
  #skippedLine = 0;
  #skippedRows = 0;

  constructor(
    private readonly text: Buffer,
    private readonly problems: FileProblems,
    private readonly taker: RowTaker,
  ) {
    this.#lines = new LineCounter(text);
  }

  /** Hands a row on; `end` is the byte after it. The parser's own line count sees CRLF inside quotes as two. */
  read(cells: string[], end: number): null {
    const last = this.text[end - 1];
    const ended = last === 10 || last === 13 ? (last === 10 && this.text[end - 2] === 13 ? 2 : 1) : 0;
    const endLine = this.#lines.lineOf(end - ended);
    let line = endLine;
    if (endLine > this.#previousLine + 1) for (const cell of cells) line -= lineEndsIn(cell);
    this.#previousLine = endLine;
    this.taker.row(line, cells);
    return null;
  }

  /** Reports a quotation mark in the wrong place; `error.bytes` is where the cell before it ended. */
  skipped(error: unknown): undefined {
    if (!(error instanceof CsvError)) throw error;
    const line = this.#lines.nextFilledLine(Number(error['bytes']));
    const goesOn = error.code === 'INVALID_OPENING_QUOTE';
    if (line !== this.#skippedLine || !goesOn) {
      this.taker.unreadable({ line, cell: Number(error['column']) }, quotationProblem(error.code));
    }
    this.#skippedLine = line;
    this.#skippedRows += 1;
    if (goesOn && this.#skippedRows < mostProblemsListed) return;
    this.problems.stoppedAt(line);
    throw new StopReading();
  }
}

function quotationProblem(code: string): CellProblem {
  if (code === 'INVALID_OPENING_QUOTE') {
    return {
      reason: 'A quotation mark stands in the middle of a value.',
      whatToDo: 'Put double quotes round the whole value and write the mark inside it twice: "the ""old"" house".',
    };
  }
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return {
      reason: 'A quotation mark opens on this line and is never closed: the file may be cut short.',
      whatToDo: 'Close the quotation mark, or export the file again.',
    };
  }
  if (code === 'CSV_MAX_RECORD_SIZE') {
    return {
      reason: `The row is longer than ${longestRow.toLocaleString('en-GB')} characters.`,
      whatToDo: 'Look for a quotation mark that opens on this line and is not closed.',
    };
  }
  return {
    reason: 'A value that opens with a quotation mark on this line goes on after the closing mark.',
    whatToDo: 'End the value at its closing mark, and write a mark inside it twice.',
  };
}
