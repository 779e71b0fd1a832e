import { clockOf, operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import {
  draftNotices,
  MakePrintBatch,
  LogTelling,
  type NoticeFacts,
  serveNotices,
  SetSender,
} from '../../src/notices/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { randomUUID } from 'node:crypto';
import type { TestHouse } from './test-house.ts';

/** Notices of a council in the middle of its work, by what a person does with them. */
export interface NoticesPageScene {
  /** A notice a person must call about, one that was received, and one whose letter waits in a batch. */
  readonly callNeeded: string;
  readonly told: string;
  readonly written: string;
  readonly letter: string;
  readonly printBatch: string;
}

const facts: NoticeFacts = {
  ...{ kind: 'amount', from: '2026-12-24' as PlainDate, weeklyBefore: '98.36', weeklyAfter: '147.54' },
  ...{ reason: 'A baby was born.', next: [], urgent: null },
};

/** Tells three families of a change: one was visited, one cannot be reached, and one is written to by letter. */
export async function noticesPageScene(
  house: TestHouse,
  [visited = '', silent = '', writtenTo = '']: readonly string[],
): Promise<NoticesPageScene> {
  const { app, council, superuser } = house;
  await superuser.query(
    `update families.family set safe_channels = '{letter}', first_channel = null, address_line_1 = '1 High Street', town = 'Northshire',
            postcode = 'NS1 1AA' where id = $1 and contact <> 'no'`,
    [writtenTo],
  );
  await superuser.query(`update families.family set safe_channels = '{call}', first_channel = null where id = $1`, [
    silent,
  ]);
  const affectsOn = '2026-12-24' as PlainDate;
  const ids = await app.get(UnitOfWork).run({ name: 'test.tell', actor: clockOf(council.id) }, async (tx) => {
    const notice = { facts, affectsOn, noticeDays: 14 };
    const made = await draftNotices(
      tx,
      [visited, silent, writtenTo].map((familyId) => ({ ...notice, familyId })),
    );
    await serveNotices(tx, made);
    return made;
  });
  const [told = '', callNeeded = '', written = ''] = ids;
  const { today } = await app.get(UnitOfWork).read(clockOf(council.id), async (tx) => Promise.resolve(tx));
  await app.get(LogTelling).run(council.actors.caseworker, told, {
    ...{
      how: 'visit',
      outcome: 'told',
      on: today,
      spokeTo: 'The mother',
      note: 'She understood, and has no question.',
    },
  });
  const { batchId: printBatch } = await app.get(MakePrintBatch).run(council.actors.caseworker, 'second');
  await app.get(SetSender).run(operatorOf(council.id), {
    ...{ baseUrl: 'https://notify.example', pageUrl: 'https://pages.example', callbackToken: 'a token of the scene' },
    ...{ apiKey: `scene-${randomUUID()}-${randomUUID()}`, smsTemplateId: randomUUID(), emailTemplateId: randomUUID() },
  });
  const { rows } = await superuser.query<{ id: string }>(
    `select id from notices.attempt where notice_id = $1 and channel = 'letter'`,
    [written],
  );
  return { callNeeded, told, written, letter: rows[0]?.id ?? '', printBatch };
}
