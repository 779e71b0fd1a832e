import { addDays, type PlainDate, type ProblemItem } from '../../kernel/index.ts';

/** The ways a family may be told something, in the order they are tried. */
export const channels = ['sms', 'email', 'letter', 'call'] as const;
/** One way a family may be told something. A call is made by a person, who writes down that it was. */
export type Channel = (typeof channels)[number];

/** What a caseworker says of how a family may be told things: what is left out stays as it was. */
export interface WaysAnswered {
  readonly contact: 'yes' | 'no' | 'discreet';
  readonly mobile: string | null;
  readonly email: string | null;
  readonly safeChannels?: readonly Channel[];
  /** The safe way to try first; nothing when the family has no wish. */
  readonly firstChannel?: Channel | null;
  /** The language it reads, when that is not the one it speaks. */
  readonly reads?: string | null;
  readonly interpreter?: boolean;
  /** True when others may read what is sent to a number or inbox the family had before. */
  readonly oldIsUnsafe?: boolean;
  /** True when the family was asked today, and said so. */
  readonly askedToday?: boolean;
}

/** Days after which a caseworker asks the family again whether its ways are still safe. */
export const SAFE_FOR_DAYS = 90;

/** Which ways of telling a family are safe, and in which language. */
export interface SafeWays {
  readonly safeChannels: readonly Channel[];
  /** The one tried first; nothing when the family has no wish. */
  readonly firstChannel: Channel | null;
  /** When somebody last asked the family. */
  readonly safeCheckedOn: PlainDate | null;
  /** The language it reads; nothing when that is the one it speaks. */
  readonly reads: string | null;
  readonly interpreter: boolean;
}

/** What is known of a family that nobody was asked about: nothing was said to be unsafe. */
export const UNASKED: SafeWays = {
  ...{ safeChannels: channels, firstChannel: null, safeCheckedOn: null, reads: null, interpreter: false },
};

/** What telling a family something in its ways rests on. */
export interface Reachable {
  readonly contact: WaysAnswered['contact'];
  readonly safeChannels: readonly Channel[];
  readonly firstChannel: Channel | null;
  readonly mobile: string | null;
  readonly email: string | null;
  readonly hasAddress: boolean;
}

/** Gives the ways a family can be told something, in the order to try them, for whoever tells it. */
export function waysToReach(family: Reachable): Channel[] {
  const { contact, safeChannels, firstChannel } = family;
  const has = { sms: family.mobile !== null, email: family.email !== null, letter: family.hasAddress, call: true };
  const open = channels.filter((way) => safeChannels.includes(way) && has[way] && (contact !== 'no' || way === 'call'));
  return [...open.filter((way) => way === firstChannel), ...open.filter((way) => way !== firstChannel)];
}

/** Says whether a caseworker should ask the family again whether its ways are safe. */
export function isToBeAskedAgain(safeCheckedOn: PlainDate | null, today: PlainDate): boolean {
  return safeCheckedOn === null || safeCheckedOn < addDays(today, -SAFE_FOR_DAYS);
}

/** What a letter needs of where a family lives. */
type Address = Readonly<Record<'line1' | 'town' | 'postcode', string | null>>;

/** Says whether a letter can be sent: the first line, the town and the postcode are all there. */
export function isWhole({ line1, town, postcode }: Address): boolean {
  return line1 !== null && town !== null && postcode !== null;
}

/** What a way needs besides being safe, and what to say when it is missing. */
const needs: Readonly<Record<Exclude<Channel, 'call'>, ProblemItem>> = {
  sms: { field: 'mobile', reason: 'Write a mobile number, or untick text message.' },
  email: { field: 'email', reason: 'Write an e-mail address, or untick e-mail.' },
  letter: { field: 'safeChannels', reason: 'Write down the address first, or untick letter.' },
};

/**
 * Works out which ways are safe after a caseworker's answers; what they left out stays.
 * @returns what is wrong with the answers, too, if anything is
 */
export function waysAfter(
  given: WaysAnswered,
  now: SafeWays,
  { place, today }: { readonly place: Address; readonly today: PlainDate },
): { ways: SafeWays; items: readonly ProblemItem[] } {
  const safeChannels = channels.filter((way) => (given.safeChannels ?? staySafe(given, now)).includes(way));
  const kept = now.firstChannel && safeChannels.includes(now.firstChannel) ? now.firstChannel : null;
  const ways: SafeWays = {
    ...{ safeChannels, firstChannel: given.firstChannel === undefined ? kept : given.firstChannel },
    safeCheckedOn: given.askedToday ? today : now.safeCheckedOn,
    reads: given.reads === undefined ? now.reads : given.reads,
    interpreter: given.interpreter ?? now.interpreter,
  };
  const items = given.safeChannels ? safeIsWrong(given, safeChannels, place) : [];
  return { ways, items: items.length > 0 ? items : firstIsWrong(ways) };
}

/** Whoever says only that a family must not be contacted closes every way, but a call that was the only one. */
function staySafe({ contact }: WaysAnswered, { safeChannels }: SafeWays): readonly Channel[] {
  return contact === 'no' && safeChannels.some((way) => way !== 'call') ? [] : safeChannels;
}

function safeIsWrong(given: WaysAnswered, safe: readonly Channel[], place: Address): ProblemItem[] {
  const sent = safe.filter((way) => way !== 'call');
  if (given.contact === 'no' && sent.length > 0)
    return [{ field: 'safeChannels', reason: 'Untick everything but a call: nothing is sent to this family.' }];
  if (given.contact !== 'no' && safe.length === 0)
    return [{ field: 'safeChannels', reason: 'Tick at least one way, or say that it is not safe to contact them.' }];
  const has = { sms: given.mobile !== null, email: given.email !== null, letter: isWhole(place) };
  return sent.filter((way) => !has[way]).map((way) => needs[way]);
}

function firstIsWrong({ safeChannels, firstChannel }: SafeWays): ProblemItem[] {
  if (firstChannel === null || safeChannels.includes(firstChannel)) return [];
  return [{ field: 'firstChannel', reason: 'Choose one of the ways that are safe.' }];
}
