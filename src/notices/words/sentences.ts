import type {
  AmountFacts,
  AwardFacts,
  ChangeKeptFacts,
  EndFacts,
  MethodFacts,
  PayDayKeptFacts,
  PaymentReturnedFacts,
  RemittanceFacts,
} from '../domain/notice-facts.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Voice } from './voice.ts';

/** Says how much comes on the new day instead of the old one. */
export function movedText(voice: Voice, newDate: PlainDate, oldDate: PlainDate, amount: string | null): string {
  const dates = { newDate: voice.date(newDate), oldDate: voice.date(oldDate) };
  return amount === null
    ? voice.say('movedNoAmount', dates)
    : voice.say('moved', { ...dates, amount: voice.amount(amount) });
}

/** Says that the day stays, and which day it does not move to. */
export function keptText(voice: Voice, { usualDate, notDate }: PayDayKeptFacts): string {
  return voice.say('keptLead', { oldDate: voice.date(usualDate), newDate: voice.date(notDate) });
}

const STAYS = { amount: 'staysAmount', end: 'staysEnd', accommodation: 'staysHome' } as const;

/** Says what does not happen on the day the family was told of. */
export function staysText(voice: Voice, { about, notOn }: ChangeKeptFacts): string {
  return voice.say(STAYS[about], { date: voice.date(notOn) });
}

/** Says when the next payment comes, with its amount where it is known. */
export function nextText(voice: Voice, arrivesOn: PlainDate, amount: string | null): string {
  const date = voice.date(arrivesOn);
  return amount === null
    ? voice.say('calendarLeadNoAmount', { date })
    : voice.say('calendarLead', { amount: voice.amount(amount), date });
}

/** Says how long money must last. */
export function lastsText(voice: Voice, until: PlainDate): string {
  return voice.say('mustLast', { date: voice.date(until) });
}

/** Says what a week is worth before and after a day. */
export function amountLead(voice: Voice, facts: AmountFacts): string {
  return voice.say('amountLead', {
    after: voice.amount(facts.weeklyAfter),
    date: voice.date(facts.from),
    before: voice.amount(facts.weeklyBefore),
  });
}

/** Says from when the money goes to which account. */
export function methodLead(voice: Voice, facts: MethodFacts): string {
  const date = voice.date(facts.from);
  return facts.newEnding === null
    ? voice.say('methodVouchers', { date })
    : voice.say('methodLead', { date, ending: voice.plain(facts.newEnding) });
}

/** Says when the last payment comes and how long it must last, or that none will come. */
export function lastPaymentText(voice: Voice, { lastPayment }: EndFacts): string {
  if (!lastPayment) return voice.say('endNone');
  const when = { date: voice.date(lastPayment.arrivesOn), until: voice.date(lastPayment.lastsUntil) };
  return lastPayment.amount === null
    ? voice.say('endLastNoAmount', when)
    : voice.say('endLast', { ...when, amount: voice.amount(lastPayment.amount) });
}

/** Says how much was given, and when it comes where that is known. */
export function awardText(voice: Voice, { amount, arrivesOn }: AwardFacts): string {
  const given = voice.say('awardLead', { amount: voice.amount(amount) });
  return arrivesOn === null ? given : `${given} ${voice.say('awardArrives', { date: voice.date(arrivesOn) })}`;
}

/** Says what was sent and when it is there. */
export function remittanceLead(voice: Voice, { payment }: RemittanceFacts): string {
  const date = voice.date(payment.arrivesOn);
  return payment.amount === null
    ? voice.say('paidLeadNoAmount', { date })
    : voice.say('paidLead', { amount: voice.amount(payment.amount), date });
}

/** Says which payment the bank sent back. */
export function returnedLead(voice: Voice, { amount, wasDueOn }: PaymentReturnedFacts): string {
  return voice.say('returnedLead', { amount: voice.amount(amount), date: voice.date(wasDueOn) });
}
