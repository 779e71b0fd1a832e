import { isUtf8 } from 'node:buffer';
import { FileProblems, wholeFileRefused } from './file-problems.ts';
import { LineCounter } from './line-counter.ts';

/** Says how large a file an operator may bring: 200 MB, far above the largest council. */
export const largestFileBytes = 200 * 1024 * 1024;

const saveAsUtf8 = 'Open it in the spreadsheet and save it as "CSV UTF-8 (comma delimited)".';

/**
 * Checks that what an operator brought is UTF-8 text, and gives it without a byte order mark.
 * @throws family_file_refused for an empty or too large file, a workbook, UTF-16, NUL bytes and bytes not UTF-8
 */
export function textOfFile(file: Uint8Array): Buffer {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length > largestFileBytes) {
    throw wholeFileRefused('The file is larger than 200 MB.', 'Check that it is the family file, or split it.');
  }
  refuseOtherFormats(bytes);
  const text = startsWith(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes;
  const nul = text.indexOf(0);
  if (nul >= 0) {
    const line = new LineCounter(text).lineOf(nul);
    throw wholeFileRefused('The file has a NUL byte, which is never part of a text.', saveAsUtf8, line);
  }
  if (!isUtf8(text)) refuseLinesNotUtf8(text);
  if (text.every(isBlank)) {
    throw wholeFileRefused('The file is empty.', 'Export the families again and check that the file has rows.');
  }
  return text;
}

function refuseOtherFormats(bytes: Buffer): void {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    throw wholeFileRefused('The file is UTF-16 ("Unicode text"), not UTF-8.', saveAsUtf8, 1);
  }
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    throw wholeFileRefused('The file is a spreadsheet workbook, not a CSV file.', saveAsUtf8);
  }
}

/** Lists every line with wrong bytes: a line end is never part of a longer UTF-8 character, so lines stand alone. */
function refuseLinesNotUtf8(text: Buffer): void {
  const problems = new FileProblems();
  const lines = new LineCounter(text);
  for (let start = 0, end = 0; end <= text.length; end += 1) {
    if (end < text.length && !isLineEnd(text[end])) continue;
    if (end > start && !isUtf8(text.subarray(start, end))) {
      problems.add({ line: lines.lineOf(start), reason: 'This line is not UTF-8 text.', whatToDo: saveAsUtf8 });
    }
    start = end + 1;
  }
  problems.refuseIfAny();
}

function startsWith(bytes: Buffer, ...first: number[]): boolean {
  return first.every((byte, index) => bytes[index] === byte);
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 10 || byte === 13;
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9 || isLineEnd(byte);
}
