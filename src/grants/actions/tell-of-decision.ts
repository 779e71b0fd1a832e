import { payeesOf } from '../../families/index.ts';
import { noticePolicy } from '../../identity/index.ts';
import { addDays, type PlainDate, type ProblemItem } from '../../kernel/index.ts';
import { draftNotices, type LessFacts, type NoticeFacts, serveNotices } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type DecisionWords, isLess, linesOf, refusalLacks } from '../domain/decision-words.ts';
import { totalAsked } from '../domain/grant-application.ts';
import { signpostLine } from '../domain/signpost.ts';
import { refusalUnexplained } from '../grant-problems.ts';
import { type AnswerRow, insertAnswer } from '../store/answer.store.ts';
import type { ApplicationRow } from '../store/application.store.ts';
import { type ItemRow, itemsOf } from '../store/item.store.ts';
import { signpostList } from '../store/signpost.store.ts';

/** Which decision a family is told of: an application under the number of its approval. */
type Decided = Pick<ApplicationRow, 'id' | 'familyId'> & {
  readonly approvalId: string;
  /** True where it was a review: what it says is not reviewed again. */
  readonly isReview?: boolean;
};

/** Checks, before anything is written, that a refusal explains itself. @throws refusal_unexplained naming what it lacks */
export function mustExplainItself(words: DecisionWords): void {
  const lacks = refusalLacks(words);
  if (lacks.length > 0) throw unexplained(lacks);
}

/** Tells a family that it was given a grant; where it is less than was asked for, also why and by when to ask for a review. */
export async function tellOfAward(
  tx: Transaction,
  decided: Decided,
  amount: string,
  words: DecisionWords,
): Promise<void> {
  const items = await itemsOf(tx, [decided.id]);
  const asked = totalAsked(items).toString();
  const reviewBy = isLess(asked, amount) && !decided.isReview ? await lastDayToAsk(tx) : null;
  const less = isLess(asked, amount) ? await lessOf(tx, asked, words, reviewBy) : null;
  const facts: NoticeFacts = {
    ...{ kind: 'award', amount, arrivesOn: null, less, isReview: decided.isReview ?? false },
    ...(await whatFor(tx, decided.familyId, items)),
  };
  await tell(tx, decided, { what: 'awarded', facts, reviewBy });
}

/** Tells a family that it was refused: why, what would change it, where else to go, how to ask for a review and by when. */
export async function tellOfRefusal(tx: Transaction, decided: Decided, words: DecisionWords): Promise<void> {
  const reviewBy = decided.isReview ? null : await lastDayToAsk(tx);
  const about = (await itemsOf(tx, [decided.id])).map((item) => item.description).join('; ');
  const facts: NoticeFacts = {
    ...{ kind: 'decision', outcome: 'declined', about, reviewBy, isReview: decided.isReview ?? false },
    ...(await explained(tx, words)),
  };
  await tell(tx, decided, { what: decided.isReview ? 'upheld' : 'declined', facts, reviewBy });
}

async function tell(
  tx: Transaction,
  { id: applicationId, familyId, approvalId }: Pick<Decided, 'id' | 'familyId'> & { approvalId: string | null },
  { what, facts, reviewBy }: { what: AnswerRow['what']; facts: NoticeFacts; reviewBy: PlainDate | null },
): Promise<void> {
  const [noticeId = ''] = await draftNotices(tx, [{ familyId, facts, affectsOn: null, noticeDays: 0 }]);
  await insertAnswer(tx, { applicationId, familyId, approvalId, what, noticeId, reviewBy });
  await serveNotices(tx, [noticeId]);
}

async function lastDayToAsk(tx: Transaction): Promise<PlainDate> {
  return addDays(tx.today, (await noticePolicy(tx)).reviewAskDays);
}

async function explained(
  tx: Transaction,
  { reason, wouldChange = '', signposts = [] }: DecisionWords,
): Promise<{ reasons: string[]; whatWouldChangeIt: string[]; elsewhere: string[] }> {
  const chosen = (await signpostList(tx)).filter(({ id }) => signposts.includes(id));
  if (chosen.length < new Set(signposts).size)
    throw unexplained([{ field: 'signposts', reason: 'One of them is not on the list any more. Choose again.' }]);
  return { reasons: linesOf(reason), whatWouldChangeIt: linesOf(wouldChange), elsewhere: chosen.map(signpostLine) };
}

async function lessOf(
  tx: Transaction,
  asked: string,
  words: DecisionWords,
  reviewBy: PlainDate | null,
): Promise<LessFacts> {
  if (linesOf(words.reason).length === 0)
    throw unexplained([{ field: 'reason', reason: 'Say why it is less, in words the family understands.' }]);
  return { asked, ...(await explained(tx, words)), reviewBy };
}

/** Says what an award is for, and who is paid when that is not the family. */
async function whatFor(
  tx: Transaction,
  familyId: string,
  items: readonly ItemRow[],
): Promise<{ purpose: string; paidTo: string | null }> {
  const names = new Map((await payeesOf(tx, familyId)).map((payee) => [payee.id, payee.name]));
  const given = items.filter((item) => Number(item.awarded) !== 0);
  const payees = new Set(given.map(({ instrumentId }) => (instrumentId ? (names.get(instrumentId) ?? '') : '')));
  const [only = ''] = payees.size === 1 ? payees : [];
  const said = ({ description, instrumentId }: ItemRow): string =>
    only || !instrumentId ? description : `${description} (paid to ${names.get(instrumentId) ?? ''})`;
  return { purpose: given.map(said).join('; '), paidTo: only || null };
}

function unexplained(items: readonly ProblemItem[]) {
  return refusalUnexplained(items.map((item) => item.reason).join(' '), [...items]);
}

/** Tells a family that a review put right what it was given too little of; the rest is a top-up, decided like any. */
export async function tellOfOverturned(tx: Transaction, decided: Decided, words: DecisionWords): Promise<void> {
  const about = (await itemsOf(tx, [decided.id])).map((item) => item.description).join('; ');
  const facts: NoticeFacts = {
    ...{ kind: 'decision', outcome: 'approved', about, reviewBy: null, isReview: true },
    ...(await explained(tx, words)),
  };
  await tell(tx, decided, { what: 'overturned', facts, reviewBy: null });
}

/** Tells a family that something it was awarded is not paid after all, why, and that it can ask about it. */
export async function tellOfCancellation(
  tx: Transaction,
  award: { readonly applicationId: string; readonly familyId: string; readonly amount: string },
  { freed, reason }: { readonly freed: string; readonly reason: string },
): Promise<void> {
  const { applicationId: id, familyId } = award;
  const facts: NoticeFacts = {
    ...{ kind: 'award', amount: award.amount, arrivesOn: null },
    ...(await whatFor(tx, familyId, await itemsOf(tx, [id]))),
    cancelled: { amount: freed, reasons: linesOf(reason) },
  };
  await tell(tx, { id, familyId, approvalId: null }, { what: 'cancelled', facts, reviewBy: null });
}
