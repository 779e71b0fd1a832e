import { noticePolicy } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { type Channel, familyReach } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { composing, speakerTo } from '../actions/compose-attempt.ts';
import type { AttemptState } from '../attempt.states.ts';
import type { Language } from '../domain/languages.ts';
import { isLanguage } from '../domain/languages.ts';
import { maskedDestination, maskedWords } from '../domain/masked.ts';
import type { Written } from '../domain/written.ts';
import { type AttemptRow, attemptsOf, type Way } from '../store/attempt.store.ts';
import { heardOfMessages } from '../store/heard.store.ts';
import { lettersKept } from '../store/letter-copy.store.ts';
import { type NoticeRow, readNotice } from '../store/notice.store.ts';
import { writtenFor } from '../words/written-for.ts';

/** Something Notify told of a message. */
export interface Heard {
  readonly how: string;
  readonly status: string;
  readonly at: Date;
}

/** One attempt as a person may see it: whom it went to only by the last digits, the way into the family's page left out. */
export interface ShownAttempt {
  readonly id: string;
  readonly way: Way;
  readonly state: AttemptState;
  readonly language: string;
  readonly to: string;
  readonly subject: string | null;
  readonly words: string;
  readonly parts: number | null;
  readonly postage: string | null;
  readonly madeAt: Date;
  readonly sentAt: Date | null;
  readonly arrivesEarliest: PlainDate | null;
  readonly arrivesLatest: PlainDate | null;
  readonly receivedOn: PlainDate | null;
  readonly failure: string | null;
  readonly loggedBy: string | null;
  readonly printBatchId: string | null;
  readonly cameBack: boolean;
  readonly cameBackOn: PlainDate | null;
  readonly cameBackBy: string | null;
  /** Whether it is a letter printed here that may yet come back. */
  readonly mayComeBack: boolean;
  readonly isCopyKept: boolean;
  readonly heard: readonly Heard[];
}

/** A notice with everything that was done about it. */
export interface NoticeStory {
  readonly notice: NoticeRow;
  readonly english: Written;
  /** What was said in the family's own language, where that is another. */
  readonly theirs: Written | undefined;
  readonly attempts: readonly ShownAttempt[];
  /** The way that comes next when what is under way fails; nothing when a person must call. */
  readonly nextWay: Channel | undefined;
  /** Ways that failed and would go somewhere else now. */
  readonly putRight: readonly Channel[];
  readonly isDiscreet: boolean;
  readonly mayBeCalled: boolean;
  readonly interpreter: boolean;
}

/** Tells the whole story of one notice. @throws no_such_notice */
export async function noticeStory(tx: Transaction, id: string): Promise<NoticeStory> {
  const notice = await readNotice(tx, id);
  const rows = await attemptsOf(tx, [id]);
  const attempts = await shown(tx, rows);
  const family = (await familyReach(tx, [notice.familyId])).get(notice.familyId);
  // No links are made for whoever only looks.
  const help = await composing(tx, []);
  const policy = await noticePolicy(tx);
  const language = languageSpoken(rows) ?? (family ? help.languageOf(family) : 'en');
  const speaker = family
    ? speakerTo({ ...family, isDiscreet: false }, policy, null)
    : { council: policy.councilName, helpPhone: '', helpEmail: null, isDiscreet: false, link: null };
  const sends = family ? family.ways.filter((way) => way !== 'call' && help.canSend(way, family)) : [];
  return {
    ...{ notice, attempts, english: writtenFor(notice.facts, 'en', speaker) },
    theirs: language === 'en' ? undefined : writtenFor(notice.facts, language, speaker),
    nextWay: sends.find((way) => !rows.some(({ channel }) => channel === way)),
    putRight: sends.filter((way) => isPutRight(way, rows, addressOf(way, family))),
    ...{ isDiscreet: family?.isDiscreet ?? false, mayBeCalled: family?.ways.includes('call') ?? false },
    interpreter: family?.interpreter ?? false,
  };
}

async function shown(tx: Transaction, rows: readonly AttemptRow[]): Promise<ShownAttempt[]> {
  const heard = await heardOfMessages(
    tx,
    rows.flatMap(({ providerId }) => providerId ?? []),
  );
  const kept = await lettersKept(
    tx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    ...row,
    way: row.channel,
    ...{ to: maskedDestination(row.channel, row.destination), words: maskedWords(row.body) },
    cameBack: row.channel === 'letter' && row.state === 'delivered' && row.providerStatus === 'failed-permanently',
    mayComeBack:
      row.printBatchId !== null && row.cameBackOn === null && (row.state === 'accepted' || row.state === 'delivered'),
    isCopyKept: kept.has(row.id),
    heard: heard.filter(({ providerId }) => providerId === row.providerId),
  }));
}

function languageSpoken(rows: readonly AttemptRow[]): Language | undefined {
  const last = rows.findLast(({ channel }) => channel !== 'call' && channel !== 'visit')?.language;
  return last !== undefined && isLanguage(last) ? last : undefined;
}

type Reach = { mobile: string | null; email: string | null; addressLines: readonly string[] } | undefined;

function addressOf(way: Channel, family: Reach): string {
  const places = { sms: family?.mobile, email: family?.email, letter: family?.addressLines.join('\n'), call: null };
  return places[way] ?? '';
}

function isPutRight(way: Channel, rows: readonly AttemptRow[], now: string): boolean {
  const tried = rows.filter(({ channel }) => channel === way);
  const isOpen = tried.some(({ state }) => state === 'queued' || state === 'sending' || state === 'accepted');
  const failed = tried.filter(({ state }) => state === 'failed');
  return !isOpen && failed.length > 0 && failed.every(({ destination }) => destination !== now);
}
