import { Controller } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { familyDetail } from '../../families/index.ts';
import { authorityOf } from '../../identity/index.ts';
import {
  ConfirmNotice,
  type FamilyGuest,
  feedOfFamily,
  messagesOfFamily,
  noticesToldTo,
  type NoticeRow,
  writtenFor,
} from '../../notices/index.ts';
import { addDays, type PlainDate } from '../../kernel/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { goTo, type OpenVisit, type PageAnswer, type View, Visiting } from '../pages/index.ts';
import { shownAsked } from './family-asked.ts';
import { familyMoney } from './family-money.ts';
import { dayOf, showTo } from './family-view.ts';
import { FamilyPage, Guest } from './family-visit.ts';
import { familyPageUrls as urls } from './family.urls.ts';

const DAYS_SHOWN = 60;
const ASKED_SHOWN = 2;
const MESSAGES_LOOKED_AT = 20;

/** A family's money on a phone: the next payment, how long it must last, what changed and why. */
@Controller()
export class MoneyPage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
    private readonly confirmNotice: ConfirmNotice,
  ) {}

  @FamilyPage({ method: 'GET', path: urls.page, title: 'Your next payment' })
  async money(@Guest() guest: FamilyGuest): Promise<View> {
    const data = await this.unitOfWork.read(guest.actor, (tx) => this.#read(tx, guest));
    return showTo(guest, 'money.njk', data);
  }

  @FamilyPage({ method: 'POST', path: urls.seen, title: 'I have seen this', audit: 'notices.notice-confirmed' })
  async seen(@Guest() guest: FamilyGuest, @Visiting() { params }: OpenVisit): Promise<PageAnswer> {
    const id = number(params.id ?? '');
    await this.confirmNotice.run(guest.actor.authorityId, guest.familyId, id);
    return goTo(`${urls.page}#changed`);
  }

  async #read(tx: Transaction, { familyId, language, speaker }: FamilyGuest) {
    const messages = await messagesOfFamily(tx, familyId, MESSAGES_LOOKED_AT);
    const waiting = messages.filter(({ state }) => state === 'open');
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const notArrived = waiting.filter(({ kind }) => kind === 'not-arrived').map(({ aboutDay }) => aboutDay);
    const money = await familyMoney(tx, familyId, calendars, notArrived);
    const [notice] = (await noticesToldTo(tx, familyId, 1)).filter((each) => isNews(each, tx.today));
    const { members } = await familyDetail(tx, familyId);
    return {
      ...{ ...money, today: tx.today, waiting, feed: await feedOfFamily(tx, familyId) },
      asked: await shownAsked(tx, familyId, ASKED_SHOWN),
      names: Object.fromEntries(members.map(({ id, name }) => [id, name])),
      notice: notice && {
        ...notice,
        written: writtenFor(notice.facts, language, speaker),
        confirmedOn: dayOf(notice.confirmedAt),
      },
    };
  }
}

/** What was told weeks ago, about days long past, is found among the letters. */
function isNews({ draftedOn, affectsOn }: NoticeRow, today: PlainDate): boolean {
  return addDays(affectsOn ?? draftedOn, DAYS_SHOWN) >= today || addDays(draftedOn, DAYS_SHOWN) >= today;
}
