import { isUtf8 } from 'node:buffer';
import { csvRecords } from './csv-records.ts';
import type { ReportRecord } from './report-line.ts';
import { refusedReport } from './report-problems.ts';
import { xmlRecords } from './xml-records.ts';

const LARGEST_BYTES = 20 * 1024 * 1024;

/**
 * Reads a bank's report for the finance officer who takes it in: XML or CSV, all or nothing.
 * @param bytes the file as it came: UTF-8, at most 20 MB
 * @throws report_refused for what is no text, is cut short, has a document type, or holds no record
 */
export function readReport(bytes: Uint8Array): readonly ReportRecord[] {
  const text = textOf(bytes);
  const records = text.trimStart().startsWith('<') ? xmlRecords(text) : csvRecords(text);
  if (records.length === 0)
    throw refusedReport([{ line: 1, reason: 'There is no record in it with a reference, or a file and its status.' }]);
  return records;
}

function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length > LARGEST_BYTES) throw refusedReport([{ reason: 'The file is larger than 20 MB.' }]);
  const wrong = buffer.includes(0) || !isUtf8(buffer);
  if (wrong) throw refusedReport([{ line: lineOfWrongByte(buffer), reason: 'The file is not UTF-8 text.' }]);
  const text = buffer.toString('utf8').replace(/^\uFEFF/, '');
  if (text.trim() === '') throw refusedReport([{ line: 1, reason: 'The file is empty.' }]);
  return text;
}

function lineOfWrongByte(buffer: Buffer): number {
  let line = 1;
  for (let start = 0; start < buffer.length; line += 1) {
    const end = buffer.indexOf(10, start);
    const part = buffer.subarray(start, end < 0 ? buffer.length : end);
    if (!isUtf8(part) || part.includes(0)) return line;
    if (end < 0) break;
    start = end + 1;
  }
  return line;
}
