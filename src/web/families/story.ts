import type { TimelineEvent } from '../../audit/index.ts';
import { type FamilyMember, openingPurposes } from '../../families/index.ts';
import type { HoldOfPlan } from '../../payments/index.ts';
import { contactRule, day, waysNamed, words } from '../pages/formats.ts';
import type { Whys } from './whys.ts';

/** One thing that happened, in plain words. */
export interface Told {
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly why: string;
  readonly isLook: boolean;
}

/** What telling a story needs to know besides the events: names by number. */
export interface Names {
  readonly people: ReadonlyMap<string, string>;
  readonly members: readonly FamilyMember[];
  readonly whys: Whys;
}

type Detail = Readonly<Record<string, unknown>>;
type Sentence = string | ((detail: Detail, names: Names) => string);

/** What each action and step is called in a family's story. One that is not here is told by its own name. */
const sentences: Readonly<Record<string, Sentence>> = {
  'families.family-added': 'Added the family',
  'families.family-seen': 'Looked at the family',
  'families.history-seen': 'Looked at what happened',
  'families.notes-seen': 'Read the notes',
  'families.family-assigned': (detail, { people }) =>
    `Gave the family to ${people.get(textOf(detail.ownerId)) ?? 'nobody'}${detail.team ? `, team ${textOf(detail.team)}` : ''}`,
  'families.contact-changed': (detail) =>
    `Changed how the family may be reached. Safe to contact: ${contactRule(textOf(detail.contact))}${waysIn(detail)}`,
  'families.address-changed': 'Changed where the family lives',
  'families.member-added': (detail, names) =>
    `Wrote down that ${memberIn(detail, names)} joined${detail.joinedOn ? ` on ${dayIn(detail.joinedOn)}` : ''}`,
  'families.member-left': (detail, names) =>
    `Wrote down that ${memberIn(detail, names)} left on ${dayIn(detail.leftOn)}`,
  'families.baby-expected': (detail) => `Wrote down that a baby is due on ${dayIn(detail.due)}`,
  'families.pregnancy-ended': (detail) => `Wrote down that a pregnancy ended on ${dayIn(detail.endedOn)}`,
  'families.birth-corrected': (detail, names) =>
    `Corrected the date of birth of ${memberIn(detail, names)} from ${dayIn(detail.before) || 'none'} to ${dayIn(detail.born)}`,
  'families.note-written': 'Wrote a note',
  'families.note-corrected': 'Corrected a note',
  'families.bank-details-opened': (detail) => `Opened an account number: ${purposeIn(detail.purpose)}`,
  'families.bank-details-seen': 'Looked at proposed bank details',
  'notices.family-came': 'Opened their own page',
  'notices.family-looked': 'Looked at their own page',
  'notices.family-left': 'Left their own page',
  'notices.family-message-sent': (detail) =>
    detail.kind === 'not-arrived' ? 'Wrote that money has not arrived' : 'Wrote that they need help',
  'notices.family-message-answered': 'Answered what the family wrote',
  'notices.family-message-seen': 'Read what the family wrote',
  'notices.family-code-given': 'Made a code for the family’s own page',
  'notices.family-access-ended': 'Closed the family’s own page to every link',
  'notices.family-access-seen': 'Looked at what opens the family’s own page',
  'notices.calendar-feed-made': 'Made a calendar link',
  'notices.calendar-feed-stopped': 'Stopped the calendar link',
  'notices.calendar-feed-looked': 'A calendar asked for the days',
  'subsistence.plan-seen': 'Looked at a support plan',
  'subsistence.plan-proposed-again': 'Proposed a support plan again',
  'payments.payment-seen': 'Looked at how a payment was worked out',
  'notices.notice-served': (detail) => `Sent a notice by ${waysNamed(textOf(detail.channel)).toLowerCase()}`,
  'notices.notice-sent-again': (detail) => `Sent a notice again by ${waysNamed(textOf(detail.channel)).toLowerCase()}`,
  'notices.call-needed': 'No way is left to send a notice: a person must call',
  'notices.attempt-failed': (detail) => `Could not be told by ${waysNamed(textOf(detail.channel)).toLowerCase()}`,
  'notices.telling-logged': (detail) =>
    `Logged a ${detail.how === 'visit' ? 'visit' : 'call'}: ${detail.outcome === 'told' ? 'the family was told' : 'nobody was reached'}`,
  'notices.notice-received': (detail) =>
    `The family received a notice on ${dayIn(detail.on)}${detail.inTime === false ? ', too late' : ''}`,
  'notices.letter-came-back': 'Logged that a letter came back',
  'notices.notice-confirmed': 'The family said that it saw a notice',
  'notices.notice-withdrawn': 'Took a notice back',
  'notices.letter-opened': 'Opened our copy of a letter',
  'notices.family-notices-seen': 'Looked at the family’s notices',
  'notices.notice-seen': 'Looked at a notice',
  'instrument:proposed': 'Proposed bank details',
  'instrument:approved': 'Approved bank details',
  'instrument:refused': 'Refused bank details',
  'plan:proposed': 'Proposed a support plan',
  'plan:approved': 'Approved a support plan',
  'plan:declined': 'Declined a support plan',
};

/** Tells one event of the audit trail or of a state machine. */
export function tell(event: TimelineEvent, names: Names): Told {
  const { at, action, detail, actorId, channel } = event;
  const sentence = sentences[action] ?? words(action.replace(/^[^.:]*[.:]/, ''));
  const nobody: Readonly<Record<string, string>> = { clock: 'Mainstay, by the clock', page: 'The family itself' };
  return {
    ...{ at, who: actorId === null ? (nobody[channel] ?? 'The operator') : (names.people.get(actorId) ?? 'Somebody') },
    what: typeof sentence === 'string' ? sentence : sentence(detail, names),
    ...{ why: names.whys(detail), isLook: /-(?:seen|looked)$/.test(action) },
  };
}

/** Tells that a payment was held, and perhaps let go. */
export function tellHold(hold: HoldOfPlan, { people }: Names): Told[] {
  const name = (id: string | null): string => people.get(id ?? '') ?? 'Mainstay';
  const payment = `the payment of ${day(hold.payDate)}`;
  const held = `Held ${payment}: ${words(hold.category).toLowerCase()}`;
  const told = [{ at: hold.heldAt, who: name(hold.heldBy), what: held, why: hold.reason, isLook: false }];
  if (hold.releasedAt === null) return told;
  const letGo = { at: hold.releasedAt, who: name(hold.releasedBy), what: `Let ${payment} go`, isLook: false };
  return [{ ...letGo, why: hold.releaseReason ?? '' }, ...told];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function dayIn(value: unknown): string {
  return day(textOf(value) as Parameters<typeof day>[0]);
}

function memberIn(detail: Detail, { members }: Names): string {
  return members.find((member) => member.id === detail.id)?.name ?? 'somebody';
}

function waysIn({ safeChannels }: Detail): string {
  return Array.isArray(safeChannels) ? `. Safe ways: ${waysNamed(safeChannels as string[]).toLowerCase()}` : '';
}

function purposeIn(value: unknown): string {
  const purposes: Readonly<Record<string, string>> = openingPurposes;
  const said = purposes[textOf(value)] ?? '';
  return said.charAt(0).toLowerCase() + said.slice(1);
}
