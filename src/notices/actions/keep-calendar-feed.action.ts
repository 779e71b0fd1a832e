import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Authorities } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { familyActor } from '../access/family-actor.ts';
import { codeDigest, newCode, randomBytesOf, readCode } from '../access/family-code.ts';
import type { FamilyGuest } from '../access/family-guest.ts';
import {
  type CalendarEvent,
  insertFeed,
  keepCalendarEvents,
  readFeed,
  revokeFeed,
} from '../store/family-feed.store.ts';

/** Finds the days of a family's coming payments: the room above knows them. Each has a slot that stays when its day moves. */
export type ComingDays = (
  tx: Transaction,
  familyId: string,
) => Promise<readonly { readonly slot: string; readonly onDay: PlainDate }[]>;

/** Keeps a family's calendar: a secret address made and taken back by the family, and the events it shows. */
@Injectable()
export class KeepCalendarFeed {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly authorities: Authorities,
  ) {}

  /** Makes an address; one made before no longer works. @returns its code, which is kept nowhere */
  async make({ actor, familyId, language }: FamilyGuest): Promise<string> {
    const code = newCode(actor.authorityId, randomBytes(randomBytesOf('feed')));
    await this.unitOfWork.run({ name: 'notices.make-calendar-feed', actor }, async (tx) => {
      await revokeFeed(tx, familyId);
      await insertFeed(tx, { digest: codeDigest(code, 'feed'), familyId, language });
      tx.audit({ action: 'notices.calendar-feed-made', subjectKind: 'family', subjectId: familyId });
    });
    return code;
  }

  /** Takes the address back: calendars that ask find nothing any more. */
  async stop({ actor, familyId }: FamilyGuest): Promise<void> {
    await this.unitOfWork.run({ name: 'notices.stop-calendar-feed', actor }, async (tx) => {
      if (await revokeFeed(tx, familyId))
        tx.audit({ action: 'notices.calendar-feed-stopped', subjectKind: 'family', subjectId: familyId });
    });
  }

  /** Answers a calendar. @returns nothing when the code opens none */
  async read(
    typed: string,
    comingDays: ComingDays,
  ): Promise<{ language: string; events: CalendarEvent[] } | undefined> {
    const read = readCode(typed, 'feed');
    const isOurs = read && (await this.authorities.all()).some(({ authorityId }) => authorityId === read.authorityId);
    if (!isOurs) return undefined;
    const actor = familyActor(read.authorityId);
    return this.unitOfWork.run({ name: 'notices.read-calendar-feed', actor }, async (tx) => {
      const feed = await readFeed(tx, codeDigest(read.code, 'feed'));
      if (!feed) return undefined;
      tx.audit({ action: 'notices.calendar-feed-looked', subjectKind: 'family', subjectId: feed.familyId });
      const days = await comingDays(tx, feed.familyId);
      return { language: feed.language, events: await keepCalendarEvents(tx, feed.familyId, days) };
    });
  }
}
