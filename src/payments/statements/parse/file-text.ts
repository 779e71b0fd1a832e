import { cut } from './amounts.ts';
import { FileFaults } from './statement-draft.ts';

/** A statement file may have so many bytes: some 100,000 lines of camt.053. A larger one is refused unread. */
export const MOST_STATEMENT_BYTES = 100 * 1024 * 1024;

const KNOWN = ['utf-8', 'us-ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252'];
const LINE_FEED = 0x0a;

/**
 * Gives a statement file as text, in the letters it says it is written in; without a word of its own, UTF-8.
 * @throws statement_refused for a file too large, empty, or with bytes that are no letters
 */
export function textOf(bytes: Uint8Array): string {
  const faults = new FileFaults();
  if (bytes.length === 0) faults.add(undefined, 'the file is empty');
  if (bytes.length > MOST_STATEMENT_BYTES)
    faults.add(
      undefined,
      `the file has ${bytes.length} bytes, and at most ${MOST_STATEMENT_BYTES} are read: ask for one file a day`,
    );
  const [wide] = [bytes[0] === 0 || bytes[1] === 0 || (bytes[0] ?? 0) >= 0xfe];
  if (bytes.length > 0 && wide) faults.add(1, 'the file is written in UTF-16 or is no text: ask for UTF-8');
  faults.refuseAny();
  const encoding = declared(bytes);
  if (!KNOWN.includes(encoding)) faults.add(1, `letters written as "${cut(encoding)}" are not read: ask for UTF-8`);
  faults.refuseAny();
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    faults.add(
      firstWrongLine(bytes),
      `some letters are not ${encoding.toUpperCase()}: the file was saved in another encoding`,
    );
    faults.refuseAny();
    throw new Error('unreachable');
  }
}

function declared(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return (/^(?:ï»¿)?\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']{1,40})["']/.exec(head)?.[1] ?? 'utf-8').toLowerCase();
}

/** Finds the first line that is not UTF-8, by halving: whatever is wrong stays wrong in a longer beginning. */
function firstWrongLine(bytes: Uint8Array): number {
  const reads = (end: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [right, wrong] = [0, bytes.length];
  while (wrong - right > 1) {
    const middle = Math.floor((right + wrong) / 2);
    if (reads(middle)) right = middle;
    else wrong = middle;
  }
  let line = 1;
  for (let at = 0; at < right; at += 1) if (bytes[at] === LINE_FEED) line += 1;
  return line;
}
