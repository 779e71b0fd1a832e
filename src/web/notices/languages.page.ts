import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { namesOf, seeAdministration } from '../../identity/index.ts';
import type { Role } from '../../kernel/index.ts';
import {
  DecideTranslation,
  decisionsAbout,
  directionOf,
  isLanguage,
  type Language,
  languagesShown,
  noSuchLanguage,
  phrasesBesideEnglish,
  wordsSample,
} from '../../notices/index.ts';
import { UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { terms } from './notice-terms.ts';
import { noticeUrls } from './notices.urls.ts';

const deciding = z.object({
  outcome: z.enum(['approved', 'withdrawn'], 'Choose one.'),
  reason: words(300),
  seen: z.string(),
});
const see = { roles: [...new Set<Role>([...seeAdministration.roles, ...DecideTranslation.allowed.roles])] };

/** The languages notices are written in: who read the words of each, and approved exactly them. */
@Controller()
export class LanguagesPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decide: DecideTranslation,
  ) {}

  @Page({ method: 'GET', path: noticeUrls.languages, title: 'Languages of notices', allowed: see, audit: null })
  list(@Visiting() visit: Visit): Promise<View> {
    return this.unitOfWork.read(visit.actor, async (tx) => {
      const languages = await languagesShown(tx);
      const people = languages.map(({ decision }) => decision?.decidedBy ?? null);
      return show('notices/languages.njk', { languages, terms, names: Object.fromEntries(await namesOf(tx, people)) });
    });
  }

  @Page({ method: 'GET', path: noticeUrls.language, title: 'The words of a language', allowed: see, audit: null })
  review(@Visiting() visit: Visit): Promise<View> {
    return this.#review(visit);
  }

  @Page({
    ...{ method: 'POST', path: noticeUrls.decideLanguage, title: 'Decide about a language' },
    ...{ allowed: DecideTranslation.allowed, audit: 'notices.translation-approved' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const language = languageIn(visit);
        if (language === 'en') throw noSuchLanguage('English needs no approval.');
        const decision = read(deciding, visit.form);
        await this.decide.run(visit.actor, language, decision);
        const isUsed = decision.outcome === 'approved';
        return goTo(
          noticeUrls.languages,
          isUsed ? 'Approved: families who read it are written to in it.' : 'Taken back.',
        );
      },
      () => this.#review(visit),
    );
  }

  #review(visit: Visit): Promise<View> {
    const language = languageIn(visit);
    return this.unitOfWork.read(visit.actor, async (tx) => {
      const shown = (await languagesShown(tx)).find((each) => each.language === language);
      const decisions = await decisionsAbout(tx, language);
      const people = decisions.map(({ decidedBy }) => decidedBy);
      return show('notices/language.njk', {
        ...{ ...shown, direction: directionOf(language), decisions, terms, values: visit.form },
        ...{ phrases: phrasesBesideEnglish(language), samples: wordsSample(language) },
        names: Object.fromEntries(await namesOf(tx, people)),
        mayDecide: visit.person.roles.some((role) => DecideTranslation.allowed.roles.includes(role)),
      });
    });
  }
}

function languageIn(visit: Visit): Language {
  const code = visit.params.language ?? '';
  if (!isLanguage(code)) throw noSuchLanguage('Notices are not written in that language.');
  return code;
}
