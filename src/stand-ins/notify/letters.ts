import { badRequest, invalid } from './refusal.ts';

const MOST_PAGES = 10;
const MOST_BYTES = 2 * 1024 * 1024;
/** The text every virus scanner is tried out with. */
const TRIAL_VIRUS = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE';
const POSTCODE = /^(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/;
const FEWEST_LINES = 3;
const MOST_LINES = 7;

/** What the checks after upload found. */
export interface LetterVerdict {
  readonly status: 'accepted' | 'virus-scan-failed' | 'validation-failed';
  readonly pages: number;
}

/** Decodes an uploaded letter. @throws Refusal when it is not base64 */
export function decodedLetter(content: string): Buffer {
  if (content.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(content))
    throw badRequest('Cannot decode letter content (invalid base64 encoding)');
  return Buffer.from(content, 'base64');
}

/**
 * Checks an uploaded letter as Notify does after taking it in: no virus, a PDF, at most ten pages, at most 2 MB.
 *
 * The printable area is looked at by tests of the letters themselves, on the rendered page.
 */
export function verdictOn(pdf: Buffer): LetterVerdict {
  const text = pdf.toString('latin1');
  const pages = pagesOf(text);
  if (text.includes(TRIAL_VIRUS)) return { status: 'virus-scan-failed', pages };
  const isRight = text.startsWith('%PDF-') && pages >= 1 && pages <= MOST_PAGES && pdf.length <= MOST_BYTES;
  return { status: isRight ? 'accepted' : 'validation-failed', pages };
}

/** Counts the page objects; where they are packed away, the greatest count a page tree gives. */
function pagesOf(text: string): number {
  const objects = text.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0;
  if (objects > 0) return objects;
  return Math.max(0, ...[...text.matchAll(/\/Count\s+(\d+)/g)].map(([, count]) => Number(count)));
}

/** Reads the address of a letter made from a template. @throws Refusal when Royal Mail could not use it */
export function addressIn(personalisation: Readonly<Record<string, unknown>>): readonly string[] {
  const lines = Array.from({ length: MOST_LINES }, (_, index) => personalisation[`address_line_${index + 1}`])
    .concat(personalisation.postcode)
    .filter((line): line is string => typeof line === 'string' && line.trim() !== '')
    .map((line) => line.trim());
  if (lines.length < FEWEST_LINES) throw invalid([`Address must be at least ${FEWEST_LINES} lines`]);
  if (lines.length > MOST_LINES) throw invalid([`Address must be no more than ${MOST_LINES} lines`]);
  if (!POSTCODE.test((lines.at(-1) ?? '').toUpperCase()))
    throw invalid(['Last line of address must be a real UK postcode or another country']);
  return lines;
}
