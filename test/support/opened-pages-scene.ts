import { clockOf } from '../../src/kernel/index.ts';
import {
  AnswerFamilyMessage,
  type FamilyGuest,
  KeepCalendarFeed,
  LookAtFamilyPage,
  OpenFamilyPage,
  SendFamilyMessage,
} from '../../src/notices/index.ts';
import { keepCalendarEvents } from '../../src/notices/store/family-feed.store.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { codeOf } from './family-visitor.ts';
import type { GuardScene } from './guard-scene.ts';
import { noticesScene } from './notices-scene.ts';

/** The notices' scene, with a family on its own page: a session, two messages, a calendar. */
export async function openedPagesScene(): Promise<GuardScene> {
  const found = await noticesScene();
  const { house, names } = found;
  const { app, council } = house;
  const guest = await cameIn(found, 'openFamily');
  const message = { kind: 'help', aboutDay: null, text: 'We need help', reach: '' } as const;
  const { messageId: open } = await app.get(SendFamilyMessage).run(guest, message);
  const { messageId: answered } = await app.get(SendFamilyMessage).run(guest, message);
  await app.get(AnswerFamilyMessage).run(council.actors.caseworker, answered, { note: 'Called them', version: 1 });
  await app.get(KeepCalendarFeed).make(guest);
  await app
    .get(UnitOfWork)
    .run({ name: 'test.events', actor: clockOf(council.id) }, (tx) =>
      keepCalendarEvents(tx, guest.familyId, [{ slot: '1-1', onDay: '2026-12-01' as PlainDate }]),
    );
  const ended = await cameIn(found, 'secondFamily');
  await house.superuser.query(
    `update notices.family_session set ended_at = now(), ended_because = 'left by the family' where id = $1`,
    [ended.sessionId],
  );
  const more: Record<string, string> = {
    ...{ session: guest.sessionId, endedSession: ended.sessionId, openMessage: open, answeredMessage: answered },
  };
  const fill = (sql: string): string => sql.replaceAll(/\{(\w+)\}/g, (whole, name: string) => more[name] ?? whole);
  return { ...found, names: { ...names, ...more }, attack: (sql, as) => found.attack(fill(sql), as) };
}

async function cameIn({ house, names }: GuardScene, family: string): Promise<FamilyGuest> {
  const secret = await house.app.get(OpenFamilyPage).run(await codeOf(house, names[family] ?? ''), 'a telephone');
  const guest = await house.app.get(LookAtFamilyPage).find(secret, null);
  if (!guest) throw new Error('the code opened nothing');
  return guest;
}
