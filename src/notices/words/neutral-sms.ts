import type { NoticeFacts, ToldPayment } from '../domain/notice-facts.ts';
import type { Speaker } from '../domain/written.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { amountText, digitsText } from './amounts-and-dates.ts';
import { byKind } from './by-kind.ts';

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

function signs(told: NoticeFacts, amount: Amount): string[] {
  return byKind(told, {
    'pay-day': ({ oldDate, newDate, payment, bridging }) => {
      const between = bridging && amount(bridging.amount);
      const extra = bridging && between ? ['+', digitsText(bridging.arrivesOn), between] : [];
      return [...moved(oldDate, newDate), amount(payment.amount), ...extra];
    },
    'pay-day-kept': ({ notDate, usualDate, payment }) => [...moved(notDate, usualDate), amount(payment.amount)],
    'change-kept': ({ notOn }) => [digitsText(notOn), '='],
    'early-payment': ({ usualDate, payment }) => [...moved(usualDate, payment.arrivesOn), amount(payment.amount)],
    amount: ({ from, weeklyBefore, weeklyAfter }) => {
      const [before, after] = [amount(weeklyBefore), amount(weeklyAfter)];
      return [digitsText(from), ...(after ? [before, '>', after] : [])];
    },
    end: ({ lastDay }) => [digitsText(lastDay), ...(amount('0') ? ['>', amount('0')] : [])],
    method: ({ from }) => [digitsText(from)],
    accommodation: ({ movesOn }) => [digitsText(movesOn)],
    calendar: ({ payments }) => {
      const [first, ...others] = payments.slice(0, MOST_PAYMENTS).map((each) => paid(each, amount));
      return first ? [...first, ...others.flatMap((each) => ['+', ...each])] : [];
    },
    award: ({ arrivesOn, amount: given }) => [arrivesOn ? digitsText(arrivesOn) : '', amount(given)],
    decision: () => [],
    remittance: ({ payment }) => paid(payment, amount),
    'payment-returned': ({ wasDueOn, amount: back }) => [digitsText(wasDueOn), amount(back)],
  });
}

function moved(from: PlainDate, to: PlainDate): string[] {
  return [digitsText(from), '>', digitsText(to)];
}

function paid({ arrivesOn, amount: told }: ToldPayment, amount: Amount): string[] {
  return [digitsText(arrivesOn), amount(told)];
}
