import type {
  AccommodationFacts,
  AmountFacts,
  Bridging,
  ChangeKeptFacts,
  EarlyPaymentFacts,
  EndFacts,
  FallBecause,
  PaidBack,
  MethodFacts,
  PayDayFacts,
  PayDayKeptFacts,
} from '../domain/notice-facts.ts';
import type { Block } from '../domain/written.ts';
import { asWritten, ifLate, lead, paragraphs, payments, rows, sorry, under, why } from './paragraphs.ts';
import {
  amountLead,
  keptText,
  lastPaymentText,
  lastsText,
  methodLead,
  movedText,
  nextText,
  staysText,
} from './sentences.ts';
import type { Voice } from './voice.ts';

const EVERY = { 7: 'everyWeek', 14: 'everyTwoWeeks', 28: 'everyFourWeeks' } as const;

/** Tells that the pay day moves. */
export function payDayBlocks(voice: Voice, facts: PayDayFacts): Block[] {
  const { payment, newDate, oldDate } = facts;
  return [
    lead(movedText(voice, newDate, oldDate, payment.amount)),
    ...paragraphs(lastsText(voice, payment.lastsUntil)),
    ...bridgingBlocks(voice, facts.bridging),
    rows(
      [voice.say('newDate'), voice.date(newDate)],
      [voice.say('oldDate'), voice.date(oldDate)],
      [voice.say('newDay'), voice.say(EVERY[facts.frequencyDays], { weekday: voice.weekday(facts.newDay) })],
    ),
    ...sorry(voice, facts.urgent),
    ...why(voice, facts.reason),
    ...payments(voice, facts.next),
    ...ifLate(voice, facts.bridging ? null : newDate),
  ];
}

/** Tells that a pay day does not move after all. */
export function keptBlocks(voice: Voice, facts: PayDayKeptFacts): Block[] {
  const { arrivesOn, amount, lastsUntil } = facts.payment;
  return [
    lead(keptText(voice, facts)),
    ...paragraphs(voice.say('keptForget'), nextText(voice, arrivesOn, amount), lastsText(voice, lastsUntil)),
    ...payments(voice, facts.next),
    ...ifLate(voice, arrivesOn),
  ];
}

/** Tells that something the family was told of does not happen. */
export function staysBlocks(voice: Voice, facts: ChangeKeptFacts): Block[] {
  const [next] = facts.next;
  return [
    lead(staysText(voice, facts)),
    ...paragraphs(voice.say('staysForget')),
    ...(next ? paragraphs(nextText(voice, next.arrivesOn, next.amount), lastsText(voice, next.lastsUntil)) : []),
    ...payments(voice, facts.next),
    ...ifLate(voice, next?.arrivesOn ?? null),
  ];
}

function bridgingBlocks(voice: Voice, bridging: Bridging | null): Block[] {
  if (!bridging) return [];
  const text = voice.say('bridging', {
    amount: voice.amount(bridging.amount),
    date: voice.date(bridging.arrivesOn),
    until: voice.date(bridging.lastsUntil),
  });
  return under(voice.say('bridgingHeading'), paragraphs(text));
}

/** Tells that the weekly amount changes. */
export function amountBlocks(voice: Voice, facts: AmountFacts): Block[] {
  const [next] = facts.next;
  return [
    lead(amountLead(voice, facts)),
    ...(next ? paragraphs(nextText(voice, next.arrivesOn, next.amount), lastsText(voice, next.lastsUntil)) : []),
    rows(
      [voice.say('weeklyAfter'), voice.amount(facts.weeklyAfter)],
      [voice.say('firstDay'), voice.date(facts.from)],
      [voice.say('weeklyBefore'), voice.amount(facts.weeklyBefore)],
    ),
    ...sorry(voice, facts.urgent),
    ...whyAmount(voice, facts),
    ...payments(voice, facts.next),
    ...ifLate(voice, next?.arrivesOn ?? null),
  ];
}

function whyAmount(voice: Voice, { because, recovery, reason }: AmountFacts): Block[] {
  if (because === 'recovery') return recovery ? whyPaidBack(voice, recovery) : [];
  return because ? whyItFalls(voice, because) : why(voice, reason);
}

function whyPaidBack(voice: Voice, { owed, weekly, lastOn }: PaidBack): Block[] {
  const said = { owed: voice.amount(owed), weekly: voice.amount(weekly), date: voice.date(lastOn) };
  return under(voice.say('whyHeading'), paragraphs(voice.say('fallRecovery', said), voice.say('fallWrong')));
}

const FALLS: Readonly<Record<FallBecause, (voice: Voice) => string>> = {
  left: (voice) => voice.say('fallLeft'),
  'pregnancy-ended': (voice) => voice.say('fallPregnancy'),
  'birth-corrected': (voice) => voice.say('fallBirth'),
  birthday: (voice) => voice.say('fallBirthday'),
  rates: (voice) => voice.say('fallRates'),
};

/** Says what happened, and to call when it is not so: nobody decided it, so nobody else wrote a reason. */
function whyItFalls(voice: Voice, because: FallBecause): Block[] {
  return under(voice.say('whyHeading'), paragraphs(FALLS[because](voice), voice.say('fallWrong')));
}

/** Tells that support ends, and what a family can do. */
export function endBlocks(voice: Voice, facts: EndFacts): Block[] {
  const advice = [voice.say('endCall'), voice.say('askAgain'), voice.say('freeAdvice')];
  return [
    lead(voice.say('endLead', { date: voice.date(facts.lastDay) })),
    ...paragraphs(lastPaymentText(voice, facts)),
    ...sorry(voice, facts.urgent),
    ...why(voice, facts.reason),
    ...under(voice.say('endHeading'), [{ kind: 'list', items: advice }]),
    ...(facts.lastPayment ? ifLate(voice, facts.lastPayment.arrivesOn) : []),
  ];
}

/** Tells that the money goes to another account, and warns who did not ask for it. */
export function methodBlocks(voice: Voice, facts: MethodFacts): Block[] {
  const { oldEnding } = facts;
  return [
    lead(methodLead(voice, facts)),
    ...(oldEnding === null ? [] : paragraphs(voice.say('methodOld', { ending: voice.plain(oldEnding) }))),
    ...paragraphs(voice.say('methodWarning')),
    ...ifLate(voice, null),
  ];
}

/** Tells that the family moves, to where, and about money to get there. */
export function accommodationBlocks(voice: Voice, facts: AccommodationFacts): Block[] {
  return [
    lead(voice.say('homeLead', { date: voice.date(facts.movesOn) })),
    ...under(voice.say('addressHeading'), asWritten([facts.newAddress.join(', ')])),
    ...under(voice.say('travelHeading'), [...asWritten([facts.travel]), ...paragraphs(voice.say('travelAsk'))]),
    ...sorry(voice, facts.urgent),
    ...why(voice, facts.reason),
    ...ifLate(voice, null),
  ];
}

/** Tells that a payment comes early because banks are closed on its day. */
export function earlyPaymentBlocks(voice: Voice, { usualDate, payment, urgent }: EarlyPaymentFacts): Block[] {
  return [
    lead(movedText(voice, payment.arrivesOn, usualDate, payment.amount)),
    ...paragraphs(lastsText(voice, payment.lastsUntil)),
    ...sorry(voice, urgent),
    ...under(voice.say('whyHeading'), paragraphs(voice.say('earlyWhy'), voice.say('earlyNotExtra'))),
    ...ifLate(voice, payment.arrivesOn),
  ];
}
