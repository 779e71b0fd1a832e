import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { AskForReview, askedByFamily, type FamilyAsked, familyRequestsListed } from '../../grants/index.ts';
import { type FamilyGuest, Voice } from '../../notices/index.ts';
import { inputRefused, number, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, type OpenVisit, type PageAnswer, type View, Visiting } from '../pages/index.ts';
import { NEEDS } from './ask.page.ts';
import { noSuchAsked, shownAsked } from './family-asked.ts';
import { showTo } from './family-view.ts';
import { FamilyPage, Guest } from './family-visit.ts';
import { familyPageUrls as urls } from './family.urls.ts';

const LISTED = 20;
const MOST_LETTERS = 500;

/** What a family asked the council for, where it stands, and the way to have a refusal looked at again. */
@Controller()
export class AskedPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly askForReview: AskForReview,
  ) {}

  @FamilyPage({ method: 'GET', path: urls.asked, title: 'What you asked us for' })
  async list(@Guest() guest: FamilyGuest): Promise<View> {
    const data = await this.unitOfWork.read(guest.actor, async (tx) => ({
      asked: await shownAsked(tx, guest.familyId, LISTED),
      requests: (await familyRequestsListed(tx, { familyId: guest.familyId, limit: LISTED })).toReversed(),
      today: tx.today,
    }));
    return showTo(guest, 'asked.njk', { ...data, needs: NEEDS });
  }

  @FamilyPage({ method: 'GET', path: urls.askAgain, title: 'Ask us to look at this again' })
  ask(@Guest() guest: FamilyGuest, @Visiting() visit: OpenVisit): Promise<View> {
    return this.#form(guest, visit);
  }

  @FamilyPage({
    ...{ method: 'POST', path: urls.askAgain, title: 'Ask us to look at this again' },
    audit: 'grants.review-asked',
  })
  send(@Guest() guest: FamilyGuest, @Visiting() visit: OpenVisit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const text = readWords(guest, visit);
        await this.askForReview.byFamily(guest, number(visit.params.id ?? ''), text, visit.idempotency);
        return goTo(urls.asked);
      },
      () => this.#form(guest, visit),
    );
  }

  async #form(guest: FamilyGuest, { params, form }: OpenVisit): Promise<View> {
    const id = number(params.id ?? '');
    const data = await this.unitOfWork.read(guest.actor, async (tx) => ({
      asked: (await askedByFamily(tx, guest.familyId, LISTED)).find((each: FamilyAsked) => each.id === id),
      today: tx.today,
    }));
    if (!data.asked) throw noSuchAsked();
    return showTo(guest, 'ask-again.njk', { ...data, values: form });
  }
}

/** Reads what was typed: nothing need be. @throws input_refused in the family's language */
function readWords(guest: FamilyGuest, { form }: OpenVisit): string {
  const { text } = z.object({ text: z.string().default('') }).parse(form);
  const words = text.trim().replaceAll('\r\n', '\n');
  if (words.length <= MOST_LETTERS) return words;
  const voice = new Voice(guest.language, guest.speaker);
  const reason = voice.say('pageTooLong', { most: String(MOST_LETTERS) });
  throw inputRefused(voice.say('pageProblem'), [{ field: 'text', reason }]);
}
