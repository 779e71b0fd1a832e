import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, Route, UnitOfWork, words } from '../../platform/index.ts';
import { DecideTranslation } from '../actions/decide-translation.action.ts';
import { seeNotices } from '../actions/see-notices.ts';
import { isLanguage, type Language } from '../domain/languages.ts';
import { noSuchLanguage } from '../notice-problems.ts';
import { decisionsAbout, type LanguageShown, languagesShown } from '../views/languages.view.ts';
import { phrasesBesideEnglish, wordsSample } from '../words/words-review.ts';

const deciding = z.object({
  outcome: z.enum(['approved', 'withdrawn']),
  reason: words(300),
  seen: z.string().regex(/^[0-9a-f]{64}$/, 'Give back the digest of the words you read.'),
});

/** The languages notices are written in, over HTTP. */
@Controller()
export class LanguagesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decideTranslation: DecideTranslation,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/notices/languages', summary: 'Languages, and who approved their words' },
    allowed: seeNotices,
  })
  list(@AskedBy() asked: Asked): Promise<{ languages: LanguageShown[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ languages: await languagesShown(tx) }));
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/notices/languages/:language', summary: 'Every word of a language, to review' },
    allowed: seeNotices,
  })
  show(@AskedBy() asked: Asked, @Param('language') code: string) {
    const language = languageIn(code);
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      ...(await languagesShown(tx)).find((each) => each.language === language),
      ...{ phrases: phrasesBesideEnglish(language), samples: wordsSample(language) },
      decisions: await decisionsAbout(tx, language),
    }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/notices/languages/:language/decision', status: 201 },
    ...{ summary: 'Approve the words of a language, or take that back' },
    ...{ allowed: DecideTranslation.allowed, body: deciding },
  })
  async decide(@AskedBy() asked: Asked, @Param('language') code: string): Promise<{ outcome: string }> {
    const language = languageIn(code);
    if (language === 'en') throw noSuchLanguage('English needs no approval.');
    const decision = asked.body as z.output<typeof deciding>;
    await this.decideTranslation.run(asked.actor, language, decision);
    return { outcome: decision.outcome };
  }
}

function languageIn(code: string): Language {
  if (!isLanguage(code)) throw noSuchLanguage('Notices are not written in that language.');
  return code;
}
