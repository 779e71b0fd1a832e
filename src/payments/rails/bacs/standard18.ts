import { bacsDate } from '../../../calendar/index.ts';
import type { ProblemItem } from '../../../kernel/index.ts';
import { bacsText } from './bacs-text.ts';
import { LineWriter } from './line-writer.ts';
import { standard18Records } from './standard18-layout.ts';
import {
  MOST_CREDITS,
  addCreditProblems,
  bacsRefused,
  submissionProblems,
  totalProblems,
} from './standard18-refusals.ts';
import type {
  Standard18Credit,
  Standard18File,
  Standard18Submission,
  Standard18Warning,
} from './standard18-submission.ts';

export type * from './standard18-submission.ts';

const TEXT_WIDTH = 18;

type Originator = Record<'originatorSortCode' | 'originatorAccount' | 'originatorName', string>;
type Credits = Pick<Standard18File, 'creditCount' | 'creditPence' | 'warnings'>;

/**
 * Writes a Bacs Standard 18 file for the releaser who pays a run: one processing day, credits and their contra.
 *
 * @throws bacs_refused listing every problem, by item: nothing is ever half written
 * @source Bacs Standard 18, single processing day; see README.md of rails
 */
export function writeStandard18(file: Standard18Submission): Standard18File {
  const problems = submissionProblems(file);
  const name = bacsText(file.originator.name, TEXT_WIDTH);
  const originator = {
    originatorSortCode: file.originator.sortCode,
    originatorAccount: file.originator.account,
    originatorName: name.text,
  };
  const out = new LineWriter();
  if (problems.length === 0) writeHeader(out, file);
  const credits = writeCredits(out, file.items, originator, problems);
  problems.push(...totalProblems(credits.creditCount, credits.creditPence));
  if (problems.length > 0) throw refusal(problems);
  out.line(standard18Records.contra({ ...originator, pence: digits(credits.creditPence, 11) }));
  writeTrailer(out, file, credits);
  const cutName: Standard18Warning[] = name.truncated ? [{ field: 'originator.name' }] : [];
  return { ...out.finish(), ...credits, warnings: [...cutName, ...credits.warnings] };
}

/** Writes the credits until one is refused; from then on only looks for more problems, so that all are told at once. */
function writeCredits(
  out: LineWriter,
  items: Iterable<Standard18Credit>,
  originator: Originator,
  problems: ProblemItem[],
): Credits {
  const warnings: Standard18Warning[] = [];
  let creditCount = 0;
  let creditPence = 0n;
  for (const item of items) {
    const index = creditCount++;
    if (creditCount > MOST_CREDITS) break;
    addCreditProblems(problems, item, index);
    creditPence += item.amountPence;
    if (problems.length === 0) out.line(creditLine(item, index, originator, warnings));
  }
  return { creditCount, creditPence, warnings };
}

function creditLine(
  item: Standard18Credit,
  index: number,
  originator: Originator,
  warnings: Standard18Warning[],
): string {
  const name = bacsText(item.name, TEXT_WIDTH);
  const reference = bacsText(item.reference, TEXT_WIDTH);
  if (name.truncated) warnings.push({ index, field: 'name' });
  if (reference.truncated) warnings.push({ index, field: 'reference' });
  // Written out field by field: spreading objects here takes longer than all the rest of the file.
  return standard18Records.credit({
    sortCode: item.sortCode,
    account: item.account,
    pence: digits(item.amountPence, 11),
    reference: reference.text,
    name: name.text,
    originatorSortCode: originator.originatorSortCode,
    originatorAccount: originator.originatorAccount,
    originatorName: originator.originatorName,
  });
}

function writeHeader(out: LineWriter, file: Standard18Submission): void {
  out.line(standard18Records.vol1(file));
  out.line(standard18Records.hdr1(fileLabelOf(file)));
  out.line(standard18Records.hdr2({}));
  out.line(
    standard18Records.uhl1({
      processingDay: bacsDate(file.processingDay),
      fileNumber: String(file.fileNumber ?? 1).padStart(3, '0'),
      auditPrintId: (file.auditPrintId ?? '').padEnd(7),
    }),
  );
}

function writeTrailer(out: LineWriter, file: Standard18Submission, { creditCount, creditPence }: Credits): void {
  const pence = digits(creditPence, 13);
  out.line(standard18Records.eof1(fileLabelOf(file)));
  out.line(standard18Records.eof2({}));
  out.line(
    standard18Records.utl1({
      debitPence: pence,
      creditPence: pence,
      debitCount: digits(1n, 7),
      creditCount: digits(BigInt(creditCount), 7),
    }),
  );
}

function fileLabelOf(file: Omit<Standard18Submission, 'items'>) {
  return { ...file, createdOn: bacsDate(file.createdOn), expiresOn: bacsDate(file.expiresOn) };
}

function digits(whole: bigint, width: number): string {
  return whole.toString().padStart(width, '0');
}

function refusal(problems: readonly ProblemItem[]) {
  const places = problems.length === 1 ? 'one place' : `${problems.length} places`;
  return bacsRefused(`The Bacs file is wrong in ${places}.`, problems);
}
