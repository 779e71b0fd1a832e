import type { Transaction } from '../../platform/index.ts';
import type { Language } from '../domain/languages.ts';
import { translationDecisions } from '../store/translation.store.ts';
import { wordsDigest } from './words-review.ts';

/** Finds the languages whose words, exactly as they are now, a named person approved; each with their digest. English needs none. */
export async function approvedWords(tx: Transaction): Promise<ReadonlyMap<Language, string>> {
  const digests = new Map<Language, string>();
  for (const { language, outcome, wordsDigest: approved } of await translationDecisions(tx))
    if (outcome === 'approved' && approved === wordsDigest(language)) digests.set(language, approved);
  return digests;
}
