import type { PlainDate } from '../../kernel/index.ts';
import { type NoticeFacts, noticesByIds } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { answersOfThisStep, type AnswerRow, fallsOfThisStep, type FallRow } from '../store/fall.store.ts';

/** An amount that falls by what was just written down, and what its notice says. */
export interface FallSeen extends FallRow {
  readonly facts: NoticeFacts;
  readonly neededBy: PlainDate | null;
}

/** What a change of a household does to the payments of its family. */
export interface HouseholdSeen {
  /** Each plan's week on the first day that is worth less; where none is, on the first day not paid yet. */
  readonly weeks: readonly AnswerRow[];
  readonly falls: readonly FallSeen[];
}

/** Reads, in the step that changes a household, what that does and what its family is told, for whoever is asked to confirm it. */
export async function householdSeen(tx: Transaction, familyId: string): Promise<HouseholdSeen> {
  const falls = await fallsOfThisStep(tx, familyId);
  const notices = await noticesByIds(
    tx,
    falls.map((fall) => fall.noticeId),
  );
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  return {
    weeks: await answersOfThisStep(tx, familyId),
    falls: falls.flatMap((fall) => {
      const notice = byId.get(fall.noticeId);
      return notice ? [{ ...fall, facts: notice.facts, neededBy: notice.neededBy }] : [];
    }),
  };
}
