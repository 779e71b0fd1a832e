import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { PlainDate } from '../../kernel/index.ts';
import {
  type FamilyGuest,
  type FamilyMessageKind,
  messagesOfFamily,
  SendFamilyMessage,
  Voice,
} from '../../notices/index.ts';
import { paymentsOf } from '../../payments/index.ts';
import { inputRefused, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { plansFor } from '../../subsistence/index.ts';
import { attempt, goTo, type OpenVisit, type PageAnswer, type View, Visiting } from '../pages/index.ts';
import { dayOf, showTo } from './family-view.ts';
import { FamilyPage, Guest } from './family-visit.ts';
import { familyPageUrls as urls } from './family.urls.ts';

const MOST_LETTERS = 500;
const MOST_OF_REACH = 200;
const SHOWN = 20;
const PAYMENTS_BACK = 3;

/** What a family tells the council from its page: that it needs help, or that its money has not arrived. */
@Controller()
export class MessagePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly send: SendFamilyMessage,
  ) {}

  @FamilyPage({ method: 'GET', path: urls.help, title: 'Ask for help' })
  askForHelp(@Guest() guest: FamilyGuest): View {
    return form(guest, 'help');
  }

  @FamilyPage({ method: 'POST', path: urls.help, title: 'Ask for help', audit: 'notices.family-message-sent' })
  sendHelp(@Guest() guest: FamilyGuest, @Visiting() visit: OpenVisit): Promise<PageAnswer> {
    return this.#send(guest, visit, 'help');
  }

  @FamilyPage({ method: 'GET', path: urls.notArrived, title: 'It has not arrived' })
  sayNotArrived(@Guest() guest: FamilyGuest): View {
    return form(guest, 'not-arrived');
  }

  @FamilyPage({
    method: 'POST',
    path: urls.notArrived,
    title: 'It has not arrived',
    audit: 'notices.family-message-sent',
  })
  sendNotArrived(@Guest() guest: FamilyGuest, @Visiting() visit: OpenVisit): Promise<PageAnswer> {
    return this.#send(guest, visit, 'not-arrived');
  }

  @FamilyPage({ method: 'GET', path: urls.messages, title: 'What you told us' })
  async messages(@Guest() guest: FamilyGuest): Promise<View> {
    const messages = await this.unitOfWork.read(guest.actor, (tx) => messagesOfFamily(tx, guest.familyId, SHOWN));
    return showTo(guest, 'messages.njk', {
      messages: messages.map((each) => ({ ...each, answeredOn: dayOf(each.answeredAt) })),
    });
  }

  #send(guest: FamilyGuest, visit: OpenVisit, kind: FamilyMessageKind): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { text, reach } = readMessage(guest, visit, kind);
        const aboutDay = kind === 'help' ? null : await this.unitOfWork.read(guest.actor, (tx) => lastDay(tx, guest));
        await this.send.run(guest, { kind, text, reach, aboutDay }, visit.idempotency);
        return goTo(urls.messages);
      },
      ({ code }) => form(guest, kind, visit.form, code === 'too_many_messages'),
    );
  }
}

function form(guest: FamilyGuest, kind: FamilyMessageKind, values: object = {}, isFull = false): View {
  return showTo(guest, 'message.njk', { kind, values, isFull, most: MOST_LETTERS });
}

/** Reads what was typed; what is wrong is said in the family's language. @throws input_refused */
function readMessage(guest: FamilyGuest, { form: typed }: OpenVisit, kind: FamilyMessageKind) {
  const voice = new Voice(guest.language, guest.speaker);
  const given = z.object({ text: z.string().default(''), reach: z.string().default('') }).parse(typed);
  const [text, reach] = [given.text.trim().replaceAll('\r\n', '\n'), given.reach.trim()];
  const items = [
    ...(kind === 'help' && text === '' ? [{ field: 'text', reason: voice.say('pageWrite') }] : []),
    ...tooLong('text', text, MOST_LETTERS),
    ...tooLong('reach', reach, MOST_OF_REACH),
  ];
  if (items.length > 0) throw inputRefused(voice.say('pageProblem'), items);
  return { text, reach };

  function tooLong(field: string, value: string, most: number) {
    return value.length > most ? [{ field, reason: voice.say('pageTooLong', { most: String(most) }) }] : [];
  }
}

/** The day of the payment that should have come last. */
async function lastDay(tx: Transaction, { familyId }: FamilyGuest): Promise<PlainDate | null> {
  const plans = await plansFor(tx, familyId);
  const payments = await paymentsOf(
    tx,
    plans.map((plan) => plan.id),
    PAYMENTS_BACK,
  );
  return payments.find(({ arrivesOn }) => arrivesOn <= tx.today)?.arrivesOn ?? null;
}
