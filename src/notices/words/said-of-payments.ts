import type {
  AwardFacts,
  CalendarFacts,
  DecisionFacts,
  LessFacts,
  PaymentReturnedFacts,
  RemittanceFacts,
} from '../domain/notice-facts.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Block } from '../domain/written.ts';
import { asListed, ifLate, lead, paragraphs, payments, rows, under } from './paragraphs.ts';
import { awardText, lastsText, nextText, remittanceLead, returnedLead } from './sentences.ts';
import type { Voice } from './voice.ts';

/** Tells the coming payments. */
export function calendarBlocks(voice: Voice, { payments: told }: CalendarFacts): Block[] {
  const [next] = told;
  if (!next) return [lead(voice.say('endNone')), ...ifLate(voice, null)];
  return [
    lead(nextText(voice, next.arrivesOn, next.amount)),
    ...paragraphs(lastsText(voice, next.lastsUntil)),
    ...payments(voice, told),
    ...paragraphs(voice.say('calendarKeep')),
    ...ifLate(voice, null),
  ];
}

/** Tells that a grant was given; where it is less than was asked for, also why, and how to have it looked at again. */
export function awardBlocks(voice: Voice, facts: AwardFacts): Block[] {
  const { less, cancelled } = facts;
  if (cancelled)
    return [
      lead(awardText(voice, facts)),
      ...listed(voice, voice.say('whyHeading'), cancelled.reasons),
      ...under(voice.say('purpose'), asListed(voice, [facts.purpose])),
      ...review(voice, null),
    ];
  return [
    lead(awardText(voice, facts)),
    ...(facts.isReview ? paragraphs(voice.say('lookedAgain')) : []),
    ...paragraphs(voice.say('awardGift')),
    ...under(voice.say('purpose'), asListed(voice, [facts.purpose])),
    rows(
      [voice.say('about'), less ? voice.amount(less.asked) : null],
      [voice.say('amount'), voice.amount(facts.amount)],
      [voice.say('paidTo'), facts.paidTo && voice.plain(facts.paidTo)],
      [voice.say('arrives'), facts.arrivesOn && voice.date(facts.arrivesOn)],
    ),
    ...(less ? explained(voice, less) : []),
    ...(less?.reviewBy ? review(voice, less.reviewBy) : []),
    ...ifLate(voice, facts.arrivesOn),
  ];
}

/** Tells a decision: why, what would change it, where else to go, and how to have it looked at again. */
export function decisionBlocks(voice: Voice, facts: DecisionFacts): Block[] {
  return [
    lead(voice.say(facts.outcome)),
    ...(facts.isReview ? paragraphs(voice.say('lookedAgain')) : []),
    ...listed(voice, voice.say('about'), [facts.about]),
    ...explained(voice, facts),
    ...ifNotAgreed(voice, facts),
    ...(facts.outcome === 'approved' ? ifLate(voice, null) : []),
  ];
}

function listed(voice: Voice, heading: string, texts: readonly string[]): Block[] {
  return texts.length === 0 ? [] : under(heading, asListed(voice, texts));
}

/** Why, what would change it, and where else to go: whatever there is to say of each. */
function explained(
  voice: Voice,
  { reasons, whatWouldChangeIt, elsewhere }: Pick<LessFacts, 'reasons' | 'whatWouldChangeIt' | 'elsewhere'>,
): Block[] {
  return [
    ...listed(voice, voice.say('whyHeading'), reasons),
    ...listed(voice, voice.say('changeHeading'), whatWouldChangeIt),
    ...listed(voice, voice.say('elsewhereHeading'), elsewhere),
  ];
}

function ifNotAgreed(voice: Voice, { outcome, reviewBy, isReview }: DecisionFacts): Block[] {
  if (isReview && outcome === 'declined')
    return under(voice.say('reviewHeading'), paragraphs(voice.say('lookedTwice'), voice.say('freeAdvice')));
  return outcome === 'declined' || reviewBy !== null ? review(voice, reviewBy) : [];
}

function review(voice: Voice, reviewBy: PlainDate | null): Block[] {
  const ask = reviewBy === null ? voice.say('askAgain') : voice.say('reviewBy', { date: voice.date(reviewBy) });
  return under(voice.say('reviewHeading'), paragraphs(ask, voice.say('freeAdvice')));
}

/** Tells that a payment was sent, and the days it is for. */
export function remittanceBlocks(voice: Voice, facts: RemittanceFacts): Block[] {
  return [
    lead(remittanceLead(voice, facts)),
    ...paragraphs(lastsText(voice, facts.payment.lastsUntil)),
    rows(
      [voice.say('coversFrom'), voice.date(facts.coversFrom)],
      [voice.say('lastsUntil'), voice.date(facts.payment.lastsUntil)],
      [voice.say('reference'), voice.plain(facts.reference)],
    ),
    ...ifLate(voice, facts.payment.arrivesOn),
  ];
}

/** Tells that a payment did not arrive, what is being done, and whom to call without money. */
export function returnedBlocks(voice: Voice, facts: PaymentReturnedFacts): Block[] {
  return [lead(returnedLead(voice, facts)), ...paragraphs(voice.say('returnedDoing'), voice.say('returnedAsk'))];
}
