import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import type { Language } from '../domain/languages.ts';
import { translationMovedOn } from '../notice-problems.ts';
import { insertTranslationDecision } from '../store/translation.store.ts';
import { wordsDigest } from '../words/words-review.ts';

/** Approves the words of a language for families, or takes the approval back: a named person who reads it. */
@Injectable()
export class DecideTranslation {
  static readonly allowed: Allowed = { roles: ['administrator', 'manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * @param seen the digest of the words the person was shown
   * @throws translation_moved_on when a release changed them since
   */
  async run(
    actor: Actor,
    language: Exclude<Language, 'en'>,
    decision: { outcome: 'approved' | 'withdrawn'; reason: string; seen: string },
  ): Promise<void> {
    mustBeAllowed(actor, DecideTranslation.allowed);
    const digest = wordsDigest(language);
    if (decision.outcome === 'approved' && decision.seen !== digest)
      throw translationMovedOn('The words are not those you were shown.');
    await this.unitOfWork.run({ name: 'notices.decide-translation', actor }, async (tx) => {
      const { outcome, reason } = decision;
      const decidedBy = personActing(actor);
      await insertTranslationDecision(tx, { language, wordsDigest: digest, outcome, reason, decidedBy });
      tx.audit({
        ...{ action: `notices.translation-${outcome}`, subjectKind: 'language', subjectId: language },
        detail: { words: digest.slice(0, 16) },
      });
    });
  }
}
