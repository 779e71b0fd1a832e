import type { PlainDate } from '../../kernel/index.ts';

/** What a notice can be about. */
export const noticeKinds = [
  ...(['pay-day', 'amount', 'end', 'method', 'accommodation'] as const),
  ...(['pay-day-kept', 'change-kept', 'early-payment', 'calendar', 'award', 'decision', 'remittance'] as const),
  'payment-returned' as const,
] as const;
/** One of the things a notice can be about. */
export type NoticeKind = (typeof noticeKinds)[number];

/** A payment as a family is told of it. Money is decimal text; the amount is absent where it is not worked out yet. */
export interface ToldPayment {
  /** The day the money is in the account. */
  readonly arrivesOn: PlainDate;
  readonly amount: string | null;
  /** The money must last until the day before the next one arrives: this is the day of the next one. */
  readonly lastsUntil: PlainDate;
}

/** An emergency change tells the family that the council is sorry, in the council's own words. */
export interface Urgent {
  readonly apology: string;
}

/** A payment that comes between the old day and a later new one, so that no day is without money. */
export interface Bridging {
  readonly arrivesOn: PlainDate;
  readonly amount: string;
  readonly lastsUntil: PlainDate;
}

/** A pay day moves. Both dates are the first that differ: days the money arrives. */
export interface PayDayFacts {
  readonly kind: 'pay-day';
  readonly oldDate: PlainDate;
  readonly newDate: PlainDate;
  /** Weekdays, 1 = Monday. */
  readonly oldDay: number;
  readonly newDay: number;
  readonly frequencyDays: 7 | 14 | 28;
  /** The payment on the new date. */
  readonly payment: ToldPayment;
  readonly bridging: Bridging | null;
  /** What a person wrote, in English. */
  readonly reason: string;
  readonly next: readonly ToldPayment[];
  readonly urgent: Urgent | null;
}

/** A pay day that was to move stays: the family may have read that it moves. */
export interface PayDayKeptFacts {
  readonly kind: 'pay-day-kept';
  /** The day the money arrives, as before, and the day it was going to. */
  readonly usualDate: PlainDate;
  readonly notDate: PlainDate;
  readonly payment: ToldPayment;
  readonly next: readonly ToldPayment[];
}

/** What was to change does not: the family may have read that it does. */
export interface ChangeKeptFacts {
  readonly kind: 'change-kept';
  readonly about: 'amount' | 'end' | 'accommodation';
  /** The day it was going to be different; of an end, the last day there was to be. */
  readonly notOn: PlainDate;
  readonly next: readonly ToldPayment[];
}

/** Why an amount falls by itself. */
export type FallBecause = 'left' | 'pregnancy-ended' | 'birth-corrected' | 'birthday' | 'rates';

/** What a family agreed to pay back: how much in all and a week, and the last payment that is smaller. */
export interface PaidBack {
  readonly owed: string;
  readonly weekly: string;
  readonly lastOn: PlainDate;
}

/** A weekly amount changes from a day on. */
export interface AmountFacts {
  readonly kind: 'amount';
  readonly from: PlainDate;
  readonly weeklyBefore: string;
  readonly weeklyAfter: string;
  readonly reason: string;
  /** Where nobody decided it: what happened, said in the family's own language in place of a reason. */
  readonly because?: FallBecause | 'recovery';
  /** Where it pays back what it was paid too much. */
  readonly recovery?: PaidBack;
  readonly next: readonly ToldPayment[];
  readonly urgent: Urgent | null;
}

/** Support ends: the last day it counts, and the last payment if one is still to come. */
export interface EndFacts {
  readonly kind: 'end';
  readonly lastDay: PlainDate;
  readonly lastPayment: ToldPayment | null;
  readonly reason: string;
  readonly urgent: Urgent | null;
}

/** The money goes to another account. Only the last two digits are told. */
export interface MethodFacts {
  readonly kind: 'method';
  readonly from: PlainDate;
  /** Null where there was no account, or none with digits: vouchers. */
  readonly oldEnding: string | null;
  /** Null where it comes as vouchers. */
  readonly newEnding: string | null;
}

/** The family is to live somewhere else. */
export interface AccommodationFacts {
  readonly kind: 'accommodation';
  readonly movesOn: PlainDate;
  readonly newAddress: readonly string[];
  /** What was arranged about money to travel, in English; absent when none is needed. */
  readonly travel: string | null;
  readonly reason: string;
  readonly urgent: Urgent | null;
}

/** A payment comes early because its day is a bank holiday. */
export interface EarlyPaymentFacts {
  readonly kind: 'early-payment';
  /** The day it would arrive otherwise: its pay day, or the day that was promised until another holiday was announced. */
  readonly usualDate: PlainDate;
  readonly payment: ToldPayment;
  readonly urgent: Urgent | null;
}

/** The coming payments, as a calendar. */
export interface CalendarFacts {
  readonly kind: 'calendar';
  readonly payments: readonly (ToldPayment & { readonly isEarly: boolean })[];
}

/** A grant was awarded. */
export interface AwardFacts {
  readonly kind: 'award';
  readonly amount: string;
  readonly purpose: string;
  /** Null is the family's own account. */
  readonly paidTo: string | null;
  readonly arrivesOn: PlainDate | null;
  /** Where it is less than was asked for. */
  readonly less?: LessFacts | null;
  /** A review gave it, after a refusal. */
  readonly isReview?: boolean;
  /** Part of it, or all that was left, is not paid after all; the amount is what stays. */
  readonly cancelled?: { readonly amount: string; readonly reasons: readonly string[] } | null;
}

/** Why a grant is less than was asked for, and by when a review can be asked for. */
export interface LessFacts {
  readonly asked: string;
  readonly reasons: readonly string[];
  readonly whatWouldChangeIt: readonly string[];
  readonly elsewhere: readonly string[];
  readonly reviewBy: PlainDate | null;
}

/** A request was decided. A refusal says why, what would change it, where else to go, and how to ask for a review. */
export interface DecisionFacts {
  readonly kind: 'decision';
  readonly outcome: 'approved' | 'declined';
  readonly about: string;
  readonly reasons: readonly string[];
  readonly whatWouldChangeIt: readonly string[];
  readonly elsewhere: readonly string[];
  readonly reviewBy: PlainDate | null;
  /** It is the outcome of a review: what it says is not reviewed again. */
  readonly isReview?: boolean;
}

/** A payment was made: what it covers. */
export interface RemittanceFacts {
  readonly kind: 'remittance';
  readonly payment: ToldPayment;
  readonly coversFrom: PlainDate;
  readonly reference: string;
}

/** A payment did not arrive: the bank sent it back. */
export interface PaymentReturnedFacts {
  readonly kind: 'payment-returned';
  readonly amount: string;
  /** The day it was to arrive. */
  readonly wasDueOn: PlainDate;
}

/** What a notice tells, as data. Every language says it in its own words; nothing here is a sentence but what a person wrote. */
export type NoticeFacts =
  | PayDayFacts
  | PayDayKeptFacts
  | ChangeKeptFacts
  | AmountFacts
  | EndFacts
  | MethodFacts
  | AccommodationFacts
  | EarlyPaymentFacts
  | CalendarFacts
  | AwardFacts
  | DecisionFacts
  | RemittanceFacts
  | PaymentReturnedFacts;
