import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { familyByReference } from '../families/index.ts';
import { type Actor, addDays, type PayDay, payDays, type PlainDate } from '../kernel/index.ts';
import { attemptsOf, DecideTranslation, noticesByIds, NoticeWork, wordsDigest } from '../notices/index.ts';
import { Clock, type Transaction, UnitOfWork } from '../platform/index.ts';
import {
  changesOfMove,
  DecidePayDayMove,
  type MoveAsked,
  type MovedFamily,
  MovePreviews,
  type PayDayChangeState,
  PayDayMoves,
  plansFor,
  ProposePayDayMove,
} from '../subsistence/index.ts';
import { toldPersonas } from './personas.ts';
import type { Teller } from './weekly-run.ts';

const NOTICE_DAYS = 14;
const TELLS_WITHIN_MS = 60_000;
const STATES: readonly PayDayChangeState[] = ['waiting', 'in_force', 'kept'];

/** How many families were told, had it in time, and keep the day they were promised. */
export interface NoticesCounted {
  readonly served: number;
  readonly received: number;
  readonly kept: number;
}

type People = Readonly<Record<'caseworker' | 'finance' | 'manager', Actor>>;

/** Tells how a pay day moves: for families that were told in time, and for no others. */
export class ToldInTime {
  #moveId = '';
  #families: readonly MovedFamily[] = [];

  constructor(
    private readonly people: People,
    private readonly payDay: PayDay,
    private readonly tell: Teller,
  ) {}

  /** The pay day families move to. */
  get #newDay(): PayDay {
    return this.payDay === 'tuesday' ? 'thursday' : 'tuesday';
  }

  /** Proposes and approves the move, and waits until each family was told, or its letter is on its way. */
  async move(app: INestApplicationContext): Promise<void> {
    const { people, tell } = this;
    const arabic = { outcome: 'approved', reason: 'Read by somebody who speaks it', seen: wordsDigest('ar') } as const;
    await app.get(DecideTranslation).run(people.manager, 'ar', arabic);
    tell.say('\nMorgan (manager) approved the words in Arabic: families that read it are now told in it.');
    const [planIds, asked] = await this.#asked(app);
    const proposed = await app.get(ProposePayDayMove).run(people.finance, planIds, asked);
    this.#moveId = proposed.moveId;
    this.#families = proposed.families;
    tell.say(
      `Finn (finance) asked to move the pay day of ${proposed.families.length} families from ${named(this.payDay)} to ${named(this.#newDay)}:`,
    );
    tell.say(
      `  ${proposed.moves} can be told in time; ${proposed.keeps} cannot be reached and keep ${named(this.payDay)}.`,
    );
    await app.get(DecidePayDayMove).approve(people.manager, proposed.moveId, 'Agreed with the families’ workers');
    tell.say('Morgan (manager) approved it. Families are told now; nobody’s day changes before they know.');
    await this.#told(app);
  }

  /** The last day for the notice goes by: whoever does not have it keeps the day. */
  async lastDayGoesBy(app: INestApplicationContext): Promise<void> {
    const { authorityId } = this.people.finance;
    await app.get(NoticeWork).tick(authorityId);
    await app.get(PayDayMoves).keepOverdue(authorityId);
    const kept = await this.#changes(app, ['kept']);
    for (const { planId } of kept)
      this.tell.say(
        `  ${this.#of(planId)?.family} keeps ${named(this.payDay)}: its letter had not arrived by ${this.#of(planId)?.neededBy}.`,
      );
  }

  /** The day after the last on which a family had to have its notice. */
  get dayAfter(): PlainDate {
    const days = this.#families.flatMap(({ neededBy, move }) => (move && neededBy ? [neededBy] : []));
    return addDays(days.toSorted().at(-1) as PlainDate, 1);
  }

  /** The first date a family is paid on its new day. */
  get firstNewDate(): PlainDate | undefined {
    return this.#families.find(({ family }) => family === 'P-IN-TIME')?.move?.newDate;
  }

  async counted(app: INestApplicationContext): Promise<NoticesCounted> {
    const changes = await this.#changes(app, STATES);
    const count = (state: PayDayChangeState): number => changes.filter((each) => each.state === state).length;
    return this.#read(app, async (tx) => {
      const notices = await noticesByIds(
        tx,
        changes.map((each) => each.noticeId),
      );
      const received = notices.filter((each) => each.receivedOn !== null).length;
      return { served: notices.length, received, kept: this.#families.length - changes.length + count('kept') };
    });
  }

  /** Asks for the earliest day for which a text message sent today is in time. */
  async #asked(app: INestApplicationContext): Promise<[planIds: string[], asked: MoveAsked]> {
    const planIds = await this.#read(app, async (tx) => {
      const plans = [];
      for (const persona of toldPersonas) plans.push(...(await plansFor(tx, await familyByReference(tx, persona))));
      return plans.map((plan) => plan.id);
    });
    const reason = 'The council’s bank pays a day earlier from now on.';
    const today = app.get(Clock).today();
    for (let ahead = NOTICE_DAYS + 1; ahead < NOTICE_DAYS + 22; ahead += 1) {
      const asked: MoveAsked = {
        ...{ payDay: payDays.indexOf(this.#newDay) + 1, frequencyDays: null, from: addDays(today, ahead) },
        ...{ reason, urgent: null },
      };
      const families = await this.#read(app, (tx) => app.get(MovePreviews).of(tx, planIds, asked));
      if (families.filter(({ keeps }) => keeps === null).length === toldPersonas.length - 1) return [planIds, asked];
    }
    throw new Error('no day was found on which the families of the demonstration can be told in time');
  }

  async #told(app: INestApplicationContext): Promise<void> {
    const deadline = Date.now() + TELLS_WITHIN_MS;
    for (;;) {
      const changes = await this.#changes(app, STATES);
      const attempts = await this.#read(app, (tx) =>
        attemptsOf(
          tx,
          changes.map((each) => each.noticeId),
        ),
      );
      const isPosted = attempts.some(({ channel, state }) => channel === 'letter' && state === 'accepted');
      if (isPosted && changes.filter(({ state }) => state === 'in_force').length === changes.length - 1)
        return this.#say(attempts);
      if (Date.now() > deadline) throw new Error('families were not told: look at the worker’s log above');
      await pause(100);
    }
  }

  #say(attempts: Awaited<ReturnType<typeof attemptsOf>>): void {
    const familyOf = new Map(this.#families.map((each) => [each.familyId, each]));
    for (const { familyId, channel, state, failure, receivedOn, body, arrivesLatest } of attempts) {
      const found = familyOf.get(familyId);
      const who = `  ${found?.family}`;
      if (state === 'delivered')
        this.tell.say(
          `${who}: text message delivered on ${receivedOn}, in time: paid on ${found?.move?.newDate} instead of ${found?.move?.oldDate}.`,
        );
      if (state === 'failed') this.tell.say(`${who}: text message failed. ${failure}`);
      if (channel === 'letter')
        this.tell.say(
          `${who}: a letter goes out and is there by ${arrivesLatest}; it was needed by ${found?.neededBy}.`,
        );
      const link = /https?:\S+\/f\/\S+/.exec(body)?.[0];
      if (found?.family === 'P-IN-TIME' && link) this.tell.say(`${who} reads its own page: ${link}`);
    }
    const unreached = this.#families.filter((each) => each.keeps === 'cannot-be-reached');
    for (const { family } of unreached)
      this.tell.say(`  ${family} keeps ${named(this.payDay)}: there is no safe way to reach it.`);
  }

  #of(planId: string): MovedFamily | undefined {
    return this.#families.find((each) => each.planId === planId);
  }

  #changes(app: INestApplicationContext, states: readonly PayDayChangeState[]) {
    return this.#read(app, (tx) => changesOfMove(tx, this.#moveId, states));
  }

  #read<T>(app: INestApplicationContext, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return app.get(UnitOfWork).read(this.people.finance, work);
  }
}

function named(day: string): string {
  return `${day.charAt(0).toUpperCase()}${day.slice(1)}`;
}
