import type { Transaction } from '../../platform/index.ts';
import type { Language } from '../domain/languages.ts';

/** The newest decision about a language's words. The digest is in hexadecimal. */
export interface TranslationDecision {
  readonly language: Language;
  readonly wordsDigest: string;
  readonly outcome: 'approved' | 'withdrawn';
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

/** Reads the newest decision about each language. */
export function translationDecisions(tx: Transaction): Promise<TranslationDecision[]> {
  return tx.query(
    `select distinct on (language) language, encode(words_sha256, 'hex') as "wordsDigest", outcome, reason,
            decided_by as "decidedBy", decided_at as "decidedAt"
       from notices.translation_decision order by language, id desc`,
  );
}

/** Writes a named person's decision about exactly these words. */
export async function insertTranslationDecision(
  tx: Transaction,
  decision: Pick<TranslationDecision, 'language' | 'wordsDigest' | 'outcome' | 'reason' | 'decidedBy'>,
): Promise<void> {
  await tx.query(
    `insert into notices.translation_decision (authority_id, language, words_sha256, outcome, reason, decided_by)
     values ($1, $2, decode($3, 'hex'), $4, $5, $6)`,
    [
      ...[tx.actor.authorityId, decision.language, decision.wordsDigest, decision.outcome, decision.reason],
      decision.decidedBy,
    ],
  );
}

/** Reads every decision about a language, the newest first. */
export function translationHistory(tx: Transaction, language: Language): Promise<TranslationDecision[]> {
  return tx.query(
    `select language, encode(words_sha256, 'hex') as "wordsDigest", outcome, reason, decided_by as "decidedBy",
            decided_at as "decidedAt" from notices.translation_decision where language = $1 order by id desc`,
    [language],
  );
}
