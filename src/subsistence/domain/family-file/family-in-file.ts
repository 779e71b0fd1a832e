import type { Channel } from '../../../families/index.ts';
import type { Money, PayDay, PlainDate } from '../../../kernel/index.ts';

/** Names who a member is to the family, as the caseworker writes it. */
export const relationships = ['lead', 'partner', 'child', 'other'] as const;
/** Names one way a member belongs to the family, for the caseworker who writes it. */
export type Relationship = (typeof relationships)[number];

/** Names the standards a caseworker may put a family on. */
export const standards = ['subsistence', 'welfare'] as const;
/** Names one standard of support, for the caseworker who writes it. */
export type Standard = (typeof standards)[number];

/** Names how often a family is paid. */
export const frequencies = ['weekly', 'fortnightly', 'four-weekly'] as const;
/** Names one rhythm of payment, for the caseworker who writes it. */
export type Frequency = (typeof frequencies)[number];

/** Names what a family has said about being contacted: `discreet` means no word of why. */
export const contactAnswers = ['yes', 'no', 'discreet'] as const;
/** Names one answer about being contacted, for the caseworker who writes it. */
export type ContactAnswer = (typeof contactAnswers)[number];

/** Carries a weekly extra a caseworker gave one member, and why. Pounds and pence, above zero. */
export interface TopUpInFile {
  readonly weekly: Money;
  readonly reason: string;
}

/** Carries one row of the file: a member of a family, as the caseworker wrote them down. */
export interface MemberInFile {
  /** The line of the file the row starts on, from 1. */
  readonly line: number;
  readonly name: string;
  /** Absent when it is not known; a child has this or `due`. */
  readonly born?: PlainDate;
  /** The day a baby is due: this member's, or, on a child without a birthday, the day that child is expected. */
  readonly due?: PlainDate;
  readonly relationship: Relationship;
  /** The first day counted; absent means from the first day of support. */
  readonly joinedOn?: PlainDate;
  /** The first day no longer counted. */
  readonly leftOn?: PlainDate;
  readonly topUp?: TopUpInFile;
}

/** Carries where letters to the family go. */
export interface AddressInFile {
  /** At most two lines. What is missing is asked for when a letter is to be sent, not here. */
  readonly lines: readonly string[];
  readonly town?: string;
  /** Upper case with one space, `SE1 1AA`. */
  readonly postcode?: string;
}

/** Carries the account the family is paid into. */
export interface BankInFile {
  /** Six digits. */
  readonly sortCode: string;
  /** Eight digits. */
  readonly accountNumber: string;
  readonly accountName: string;
}

/**
 * Carries one family a council moves onto Mainstay: what its rows of the family file say, checked.
 *
 * Dates are closed-open: `support.to` is the first day without support (`null` until further notice), `paidUpTo`
 * the first day not yet paid. An absent `fund` is the council's section 17 fund; an absent `bank` is a family
 * without an account, which becomes an exception in a run. `mobile` is E.164, `+447700900123`.
 */
export interface FamilyInFile {
  readonly reference: string;
  /** The line of the file the family's first row starts on, from 1. */
  readonly line: number;
  readonly standard: Standard;
  readonly frequency: Frequency;
  readonly payDay: PayDay;
  readonly support: { readonly from: PlainDate; readonly to: PlainDate | null };
  readonly paidUpTo: PlainDate;
  readonly fund?: string;
  readonly team?: string;
  readonly ward?: string;
  /** The language they speak: two or three lower-case letters, `en`. */
  readonly language: string;
  readonly contact: ContactAnswer;
  /** The ways the family says are safe; absent when nobody asked. */
  readonly safeChannels?: readonly Channel[];
  readonly safeCheckedOn?: PlainDate;
  /** The language they read, when that is another. */
  readonly reads?: string;
  readonly mobile?: string;
  readonly email?: string;
  readonly address?: AddressInFile;
  readonly bank?: BankInFile;
  readonly members: readonly MemberInFile[];
}
