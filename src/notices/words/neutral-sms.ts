import { type NoticeFacts, type ToldPayment } from '../domain/notice-facts.ts';
import type { Speaker } from '../domain/written.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { amountText, digitsText } from './amounts-and-dates.ts';

const MOST_PAYMENTS = 3;

/**
 * Says a notice without words, for a language that text messages destroy: `3/12 > 1/12 £98.36 https://…`.
 *
 * Old to new, amount, and where to read it; a telephone number where there is no page. Discreet: no amounts.
 */
export function neutralSms(facts: NoticeFacts, speaker: Speaker): string {
  const amount = (pounds: string | null) => (pounds === null || speaker.isDiscreet ? '' : amountText(pounds));
  return [...signs(facts, amount), speaker.link ?? speaker.helpPhone].filter(Boolean).join(' ');
}

type Amount = (pounds: string | null) => string;

function signs(facts: NoticeFacts, amount: Amount): string[] {
  switch (facts.kind) {
    case 'pay-day': {
      const { bridging } = facts;
      const between = bridging && amount(bridging.amount);
      const extra = bridging && between ? [`+ ${digitsText(bridging.arrivesOn)}`, between] : [];
      return [moved(facts.oldDate, facts.newDate), amount(facts.payment.amount), ...extra];
    }
    case 'pay-day-kept':
      return [moved(facts.notDate, facts.usualDate), amount(facts.payment.amount)];
    case 'early-payment':
      return [moved(facts.usualDate, facts.payment.arrivesOn), amount(facts.payment.amount)];
    case 'amount': {
      const [before, after] = [amount(facts.weeklyBefore), amount(facts.weeklyAfter)];
      return [digitsText(facts.from), before && `${before} > ${after}`];
    }
    case 'end':
      return [digitsText(facts.lastDay), amount('0') && `> ${amount('0')}`];
    case 'method':
      return [digitsText(facts.from)];
    case 'accommodation':
      return [digitsText(facts.movesOn)];
    case 'calendar':
      return [
        facts.payments
          .slice(0, MOST_PAYMENTS)
          .map((each) => paid(each, amount))
          .join(', '),
      ];
    case 'award':
      return [facts.arrivesOn ? digitsText(facts.arrivesOn) : '', amount(facts.amount)];
    case 'decision':
      return [];
    case 'remittance':
      return [paid(facts.payment, amount)];
  }
}

function moved(from: PlainDate, to: PlainDate): string {
  return `${digitsText(from)} > ${digitsText(to)}`;
}

function paid(payment: ToldPayment, amount: Amount): string {
  return [digitsText(payment.arrivesOn), amount(payment.amount)].filter(Boolean).join(' ');
}
