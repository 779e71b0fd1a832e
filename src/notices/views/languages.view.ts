import type { Transaction } from '../../platform/index.ts';
import { directionOf, type Language, languages } from '../domain/languages.ts';
import { type TranslationDecision, translationDecisions, translationHistory } from '../store/translation.store.ts';
import { wordsDigest } from '../words/words-review.ts';

/** Where a language stands: English needs nobody; another is used only while its approval is of exactly these words. */
export type LanguageState = 'complete' | 'approved' | 'changed-since' | 'withdrawn' | 'not-reviewed';

/** A language notices are written in, and who answers for its words. */
export interface LanguageShown {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly state: LanguageState;
  readonly digest: string;
  readonly decision: TranslationDecision | undefined;
}

/** Lists every language, with where it stands. */
export async function languagesShown(tx: Transaction): Promise<LanguageShown[]> {
  const decisions = await translationDecisions(tx);
  return languages.map((language) => {
    const decision = decisions.find((each) => each.language === language);
    const digest = wordsDigest(language);
    return { language, direction: directionOf(language), digest, decision, state: stateOf(language, digest, decision) };
  });
}

/** Lists every decision about one language, the newest first. */
export function decisionsAbout(tx: Transaction, language: Language): Promise<TranslationDecision[]> {
  return translationHistory(tx, language);
}

function stateOf(language: Language, digest: string, decision: TranslationDecision | undefined): LanguageState {
  if (language === 'en') return 'complete';
  if (!decision) return 'not-reviewed';
  if (decision.outcome === 'withdrawn') return 'withdrawn';
  return decision.wordsDigest === digest ? 'approved' : 'changed-since';
}
