import { familyReach } from '../../families/index.ts';
import { noticePolicy } from '../../identity/index.ts';
import type { Actor } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { speakerTo } from '../actions/compose-attempt.ts';
import { isLanguage, type Language, languages } from '../domain/languages.ts';
import type { Speaker } from '../domain/written.ts';
import type { FamilySessionRow } from '../store/family-session.store.ts';
import { approvedWords } from '../words/approved-words.ts';

/** A family that looks at its own page, and how it is spoken to. */
export interface FamilyGuest {
  readonly actor: Actor;
  readonly sessionId: string;
  readonly familyId: string;
  /** True once they said that it is safe to go on. */
  readonly isSafe: boolean;
  readonly language: Language;
  /** English, and those whose words a named person approved. */
  readonly languages: readonly Language[];
  readonly speaker: Speaker;
  /** The council's own colour, `#1d4f5c`. */
  readonly colour: string;
}

/** Says how the family of a session is spoken to: in the language it chose, else the one it reads, where that is approved. */
export async function guestOf(tx: Transaction, session: FamilySessionRow): Promise<FamilyGuest | undefined> {
  const reach = (await familyReach(tx, [session.familyId])).get(session.familyId);
  if (!reach) return undefined;
  const policy = await noticePolicy(tx);
  const approved = await approvedWords(tx);
  const offered = languages.filter((language) => language === 'en' || approved.has(language));
  const asked = [session.language, reach.reads].find(
    (code) => code !== null && isLanguage(code) && offered.includes(code),
  );
  return {
    ...{ actor: tx.actor, sessionId: session.id, familyId: session.familyId, isSafe: session.isSafe },
    ...{ language: (asked ?? 'en') as Language, languages: offered },
    ...{ speaker: speakerTo(reach, policy, null), colour: policy.colour },
  };
}
