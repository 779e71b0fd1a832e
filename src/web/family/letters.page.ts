import { Controller } from '@nestjs/common';
import { askedByFamily } from '../../grants/index.ts';
import { type FamilyGuest, noSuchNotice, noticesToldTo, readNotice, writtenFor } from '../../notices/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { type OpenVisit, type View, Visiting } from '../pages/index.ts';
import { dayOf, showTo } from './family-view.ts';
import { FamilyPage, Guest } from './family-visit.ts';
import { familyPageUrls as urls } from './family.urls.ts';

const ON_A_PAGE = 10;
const ASKED_LOOKED_AT = 20;
const TOLD: readonly string[] = ['serving', 'call_needed', 'received'];

/** Everything a family was told, to be read again: the same words as in the letter. */
@Controller()
export class LetterPages {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @FamilyPage({ method: 'GET', path: urls.letters, title: 'My letters' })
  async list(@Guest() guest: FamilyGuest, @Visiting() { query }: OpenVisit): Promise<View> {
    const before = /^\d{1,18}$/.test(query.before ?? '') ? query.before : undefined;
    const notices = await this.unitOfWork.read(guest.actor, (tx) =>
      noticesToldTo(tx, guest.familyId, ON_A_PAGE + 1, before),
    );
    const shown = notices.slice(0, ON_A_PAGE);
    return showTo(guest, 'letters.njk', {
      older: notices.length > ON_A_PAGE ? `${urls.letters}?before=${shown.at(-1)?.id}` : undefined,
      letters: shown.map(({ id, facts, draftedOn }) => ({
        ...{ id, draftedOn, subject: writtenFor(facts, guest.language, guest.speaker).subject },
      })),
    });
  }

  @FamilyPage({ method: 'GET', path: urls.letter, title: 'A letter' })
  async letter(@Guest() guest: FamilyGuest, @Visiting() { params }: OpenVisit): Promise<View> {
    const { notice, asked, today } = await this.unitOfWork.read(guest.actor, async (tx) => ({
      notice: await readNotice(tx, number(params.id ?? '')),
      asked: await askedByFamily(tx, guest.familyId, ASKED_LOOKED_AT),
      today: tx.today,
    }));
    if (notice.familyId !== guest.familyId || !TOLD.includes(notice.state))
      throw noSuchNotice('It was not written to you, or it was taken back.');
    const letter = writtenFor(notice.facts, guest.language, guest.speaker);
    const about = asked.find((each) => each.noticeId === notice.id);
    return showTo(guest, 'letter.njk', { notice, letter, about, today, confirmedOn: dayOf(notice.confirmedAt) });
  }
}
