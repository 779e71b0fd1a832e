import { budgetsNamed, fundList, readProposals } from '../../funds/index.ts';
import { type AwardNamed, awardsOfApprovals } from '../../grants/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { JournalRow, JournalSide } from '../../ledger/index.ts';
import { type NamedPayment, paymentsNamed, runsNamed, runsOfApprovals } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { writtenDay } from '../pages/index.ts';
import { proposalUrl, fundUrl, transferUrl } from './money.urls.ts';

/** A transfer in plain words: what it was, and the document it is about. */
export interface ToldTransfer extends JournalRow {
  readonly url: string;
  readonly what: string;
  readonly debitName: string;
  readonly creditName: string;
  /** The family's reference, of a payment. */
  readonly family: string | null;
  /** The run it belongs to, its reservations too. */
  readonly ofRun: string | null;
  readonly documentUrl: string | null;
  readonly documentName: string;
}

/** What the documents of some transfers are called. */
interface Names {
  readonly funds: ReadonlyMap<string, string>;
  readonly payments: ReadonlyMap<string, NamedPayment>;
  readonly runs: ReadonlyMap<string, PlainDate>;
  readonly runOf: ReadonlyMap<string, string>;
  /** The awards whose money is reserved part by part, by the number of their approval. */
  readonly awards: ReadonlyMap<string, AwardNamed>;
  readonly budgets: ReadonlyMap<string, { fundId: string; financialYear: string }>;
  readonly moves: ReadonlyMap<string, { fundId: string; fromFundId: string | null; financialYear: string }>;
}

/** Tells some transfers in plain words. @param from the account they were opened from */
export async function tellTransfers(
  tx: Transaction,
  rows: readonly JournalRow[],
  from?: string,
): Promise<ToldTransfer[]> {
  const names = await namesFor(tx, rows);
  return rows.map((row) => {
    const ofRun = row.runId ?? names.runOf.get(row.document) ?? null;
    const told = {
      ...{ debitName: accountName(row.debit, names.funds), creditName: accountName(row.credit, names.funds) },
      ...{ family: names.payments.get(row.document)?.family ?? null, ofRun, url: transferUrl(row, from) },
    };
    return { ...row, ...told, what: whatOf(row, ofRun, names), ...documentOf(row, ofRun, names) };
  });
}

/** Calls an account by its fund and kind. */
export function accountName(
  { kind, fundId }: Pick<JournalSide, 'kind' | 'fundId'>,
  funds: ReadonlyMap<string, string>,
): string {
  const name = fundId === null ? 'Council' : (funds.get(fundId) ?? 'Fund');
  return `${name}: ${kind}`;
}

/** Gives the names of the council's funds by number. */
export async function fundNames(tx: Transaction): Promise<Map<string, string>> {
  return new Map((await fundList(tx)).map(({ id, name }) => [id, name]));
}

async function namesFor(tx: Transaction, rows: readonly JournalRow[]): Promise<Names> {
  const documents = (...kinds: JournalRow['kind'][]): string[] =>
    rows.filter((row) => kinds.includes(row.kind)).map((row) => row.document);
  const reserving = documents('commit', 'free', 'use');
  const runOf = await runsOfApprovals(tx, reserving);
  const runIds = [...rows.flatMap((row) => row.runId ?? []), ...runOf.values()];
  const budgets = await budgetsNamed(tx, documents('budget-set'));
  const moves = await readProposals(tx, documents('move-in', 'move-out'));
  return {
    ...{ funds: await fundNames(tx), runOf, runs: await runsNamed(tx, [...new Set(runIds)]) },
    awards: await awardsOfApprovals(tx, reserving),
    payments: await paymentsNamed(tx, documents('pay', 'not-spent', 'not-used')),
    budgets: new Map(budgets.map((each) => [each.id, each])),
    moves: new Map(moves.map((each) => [each.id, each])),
  };
}

/** What the bank did, and what was made of it. */
const BANK_WORDS = {
  ...{ 'bank-out': 'Left the account, says a bank statement', 'bank-in': 'Came in, says a bank statement' },
  ...{ settle: 'Matched: it is what was sent', receive: 'Matched: it is what was to come in' },
  ...{ unsettle: 'A match taken back', unreceive: 'A match taken back' },
  ...{ 'write-off-out': 'Written off by two people', 'write-off-in': 'Written off by two people' },
  ...{ 'council-out': 'Went to the council itself', 'council-in': 'Came from the council itself' },
} as const;

/** What families pay back of overpayments. */
const RECOVERY_WORDS = {
  ...{ 'owed-back': 'An overpayment is recovered, as agreed', 'paid-back': 'Paid back by a smaller payment' },
  'not-owed-back': 'The rest of an overpayment is given up',
} as const;

function whatOf(row: JournalRow, ofRun: string | null, names: Names): string {
  const payDate = ofRun === null ? undefined : names.runs.get(ofRun);
  const award = names.awards.get(row.document);
  const ofAward = award ? `the grant to family ${award.family}` : 'a run';
  const run = payDate ? `the run of ${writtenDay(payDate)}` : ofAward;
  const fundNamed = (id: string | null | undefined): string => names.funds.get(id ?? '') ?? 'another fund';
  const move = names.moves.get(row.document);
  const year = names.budgets.get(row.document)?.financialYear ?? move?.financialYear ?? '';
  return {
    'budget-set': `Budget for ${year}`,
    commit: `Reserved for ${run}`,
    free: `Given back by ${run}`,
    pay: `Paid to family ${names.payments.get(row.document)?.family ?? ''} for ${run}`,
    use: `Reservation used by ${run}`,
    send: `Bank file of ${run}`,
    'move-out': `Moved to ${fundNamed(move?.fundId)}, budget for ${year}`,
    'move-in': `Moved from ${fundNamed(move?.fromFundId)}, budget for ${year}`,
    ...BANK_WORDS,
    ...RECOVERY_WORDS,
    return: 'A payment came back',
    reissue: 'A payment that came back is owed again',
    'not-taken': 'The bank did not take a file',
    'send-again': 'Bank file of payments made again',
    'give-back': 'Money of a payment is given back',
    'put-back': 'What was given back can be spent again',
    'not-given-back': 'What was to be given back did not come',
    'use-again': 'What did not come back is not there to be spent',
    'not-spent': `Not paid again to family ${names.payments.get(row.document)?.family ?? ''}: spent no longer`,
    'not-used': `Not paid again to family ${names.payments.get(row.document)?.family ?? ''}: back in the fund`,
  }[row.kind];
}

function documentOf(
  { kind, document }: JournalRow,
  ofRun: string | null,
  names: Names,
): Pick<ToldTransfer, 'documentUrl' | 'documentName'> {
  const about = (documentUrl: string | null, documentName: string) => ({ documentUrl, documentName });
  const payment = names.payments.get(document);
  if (kind === 'pay' || kind === 'not-spent' || kind === 'not-used')
    return about(`/payments/${document}`, `How the payment to family ${payment?.family ?? ''} was worked out`);
  if (kind === 'move-in' || kind === 'move-out')
    return about(proposalUrl(document), 'The move, who proposed and who approved it');
  const fundId = names.budgets.get(document)?.fundId;
  if (kind === 'budget-set')
    return about(fundId ? fundUrl(fundId) : null, 'The fund, with who added the budget and why');
  if (kind in BANK_WORDS) return about(`/reconciliation/documents/${document}`, 'The bank statement it is from');
  const award = names.awards.get(document);
  if (award) return about(`/grants/${award.applicationId}`, `The grant to family ${award.family}, and its decision`);
  return about(ofRun && `/runs/${ofRun}`, kind === 'send' ? 'The run and its bank file' : 'The run and its approval');
}
