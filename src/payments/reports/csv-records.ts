import { CsvError, parse } from 'csv-parse/sync';
import { reportField, type ReportField, type ReportRecord } from './report-line.ts';
import { refusedReport } from './report-problems.ts';

/** Reads a report as CSV with a header row. Columns of no use here are left out. @throws report_refused with the line */
export function csvRecords(text: string): ReportRecord[] {
  const rows = rowsOf(text);
  const [header, ...records] = rows;
  if (!header) return [];
  const columns = columnsOf(header.record);
  return records
    .filter(({ record }) => record.some((cell) => cell.trim() !== ''))
    .map(({ record, info }) => {
      if (record.length !== header.record.length)
        throw refusedReport([
          {
            line: info.lines,
            reason: `This line has ${record.length} values, the first line names ${header.record.length}.`,
          },
        ]);
      const fields = columns.flatMap((field, index) => (field ? [[field, (record[index] ?? '').trim()] as const] : []));
      return { line: info.lines, fields: Object.fromEntries(fields.filter(([, value]) => value !== '')) };
    });
}

function columnsOf(header: readonly string[]): (ReportField | undefined)[] {
  const columns = header.map(reportField);
  const known = columns.filter((column) => column !== undefined);
  if (!known.includes('reference') && !known.includes('file'))
    throw refusedReport([{ line: 1, reason: 'The first line names no column "reference" and no column "file".' }]);
  const twice = known.find((column, index) => known.indexOf(column) !== index);
  if (twice) throw refusedReport([{ line: 1, reason: `The first line names "${twice}" twice.` }]);
  return columns;
}

interface Row {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function rowsOf(text: string): Row[] {
  try {
    return parse(text, {
      ...{ info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 10_000 },
      delimiter: [',', ';', '\t'],
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error['lines'] ?? 1);
    throw refusedReport([{ line, reason: 'A quotation mark is out of place here, or the file is cut short.' }]);
  }
}
