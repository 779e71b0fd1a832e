import type { PlainDate } from '../../../kernel/index.ts';
import { cellReaders } from './cells/cell-readers.ts';
import { writeAllowed } from './cells/cell-reading.ts';
import { type ColumnName, columnByName } from './family-file-columns.ts';
import type { FileProblems } from './file-problems.ts';
import type { Header } from './header.ts';

/** Gives the cells of one row by column, and reports what is wrong with them to the caseworker by line and column. */
export class RowCells {
  constructor(
    readonly line: number,
    private readonly cells: readonly string[],
    private readonly header: Header,
    private readonly problems: FileProblems,
    readonly today: PlainDate,
  ) {}

  /** Gives a cell as written, trimmed; empty when it is blank or the file has no such column. */
  text(column: ColumnName): string {
    const index = this.header.at[column];
    return index === undefined ? '' : (this.cells[index] ?? '').trim();
  }

  /** Reads a cell; nothing when it is blank, and nothing but a problem when it is wrong. */
  value(column: ColumnName): string | undefined {
    const text = this.text(column);
    if (text === '') return undefined;
    const read = cellReaders[columnByName[column].reads](text, columnByName[column], this.today);
    if (typeof read === 'string') return read;
    return this.refuse(column, read.reason, read.whatToDo);
  }

  /** Reads a day. */
  date(column: ColumnName): PlainDate | undefined {
    return this.value(column) as PlainDate | undefined;
  }

  /** Reads a cell that has to be filled in. */
  required(column: ColumnName): string | undefined {
    if (this.text(column) !== '') return this.value(column);
    const described = columnByName[column];
    return this.refuse(column, `${column} is blank.`, `Fill it in. ${described.meaning} ${writeAllowed(described)}`);
  }

  /** Reports a problem with a cell of this row. */
  refuse(column: ColumnName, reason: string, whatToDo: string): undefined {
    this.problems.add({ line: this.line, column, reason, whatToDo });
  }
}
