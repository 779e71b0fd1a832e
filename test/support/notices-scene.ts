import { randomUUID } from 'node:crypto';
import { clockOf, operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { draftNotices, LogTelling, type NoticeFacts, serveNotices, SetSender } from '../../src/notices/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { DecidePayDayMove, type MoveAsked, ProposePayDayMove } from '../../src/subsistence/index.ts';
import { familyRows, takeIn } from './caseload.ts';
import { codeOf } from './family-visitor.ts';
import type { GuardScene } from './guard-scene.ts';
import { guardScene } from './guard-scene.ts';
import { workOff } from './outbox-by-hand.ts';
import type { TestHouse } from './test-house.ts';

const address = { address_line_1: '1 High Street', town: 'Northtown', postcode: 'SE1 1AA' };
const open = { contact: 'yes', mobile: '07700900123', email: 'family@example.org', ...address, pay_day: 'thursday' };

/** What the notices of the scene say. */
export const facts: NoticeFacts = {
  ...{ kind: 'amount', from: '2026-12-21' as PlainDate, weeklyBefore: '98.36', weeklyAfter: '49.18' },
  ...{ reason: 'A child left the household.', next: [], urgent: null },
};

/** The guards' scene, with families to be told and notices in every state; `{name}` in an attack stands for a number. */
export async function noticesScene(): Promise<GuardScene> {
  const found = await guardScene();
  const names: Record<string, string> = { ...found.names };
  const { app, council } = found.house;
  await takeIn(app, council, [
    ...['open', 'second', 'waits', 'moved', 'free', 'urgent'].flatMap((each) => familyRows(each.toUpperCase(), open)),
    ...familyRows('DISCREET', { ...open, contact: 'discreet' }),
    ...familyRows('SILENT', { ...open, contact: 'no' }),
  ]);
  await app.get(SetSender).run(operatorOf(council.id), {
    ...{ baseUrl: 'http://127.0.0.1:9', pageUrl: 'https://pages.example', callbackToken: 'token', isNeutral: true },
    ...{ apiKey: `test-${randomUUID()}-${randomUUID()}`, smsTemplateId: randomUUID(), emailTemplateId: randomUUID() },
  });
  Object.assign(names, await familiesAndPlans(found.house));
  await codeOf(found.house, names.openFamily ?? '');
  await noticesInEveryState(found.house, names);
  await movesInEveryState(found.house, names);
  const fill = (sql: string): string => sql.replaceAll(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
  return { ...found, names, attack: (sql, as) => found.attack(fill(sql), as) };
}

async function familiesAndPlans({ superuser, council }: TestHouse): Promise<Record<string, string>> {
  const { rows } = await superuser.query<{ name: string; family: string; plan: string }>(
    `select lower(f.reference) as name, f.id as family, p.id as plan from families.family f
       join subsistence.plan p on p.family_id = f.id where f.authority_id = $1 and f.reference ~ '^[A-Z]+$'`,
    [council.id],
  );
  return Object.fromEntries(
    rows.flatMap(({ name, family, plan }) => [
      [`${name}Family`, family],
      [`${name}Plan`, plan],
    ]),
  );
}

async function noticesInEveryState(
  { app, council, superuser }: TestHouse,
  names: Record<string, string>,
): Promise<void> {
  const familyIds = ['open', 'open', 'second', 'second', 'discreet', 'silent'].map(
    (each) => names[`${each}Family`] ?? '',
  );
  const affectsOn = '2026-12-21' as PlainDate;
  const ids = await app.get(UnitOfWork).run({ name: 'test.draft', actor: clockOf(council.id) }, async (tx) => {
    const made = await draftNotices(
      tx,
      familyIds.map((familyId) => ({ familyId, facts, affectsOn, noticeDays: 14 })),
    );
    await serveNotices(tx, made.slice(1));
    return made;
  });
  ['drafted', 'queued', 'accepted', 'told', 'discreet', 'callNeeded'].forEach(
    (name, index) => (names[name] = ids[index] ?? ''),
  );
  const attempts = await superuser.query<{ notice_id: string; id: string }>(
    `select notice_id, id from notices.attempt`,
  );
  for (const { notice_id, id } of attempts.rows) {
    const name = ['queued', 'accepted', 'told', 'discreet'].find((each) => names[each] === notice_id);
    if (name) names[`${name}Attempt`] = id;
  }
  await superuser.query(
    `select set_config('mainstay.today', '2026-11-16', false), set_config('mainstay.authority', $1, false)`,
    [council.id],
  );
  await superuser.query(`update notices.attempt set state = 'sending' where id = $1`, [names.acceptedAttempt]);
  await superuser.query(
    `update notices.attempt set state = 'accepted', provider_id = gen_random_uuid(), sent_at = now(), sent_on = kernel.today() where id = $1`,
    [names.acceptedAttempt],
  );
  await app.get(LogTelling).run(council.actors.caseworker, names.told ?? '', {
    ...{ how: 'visit', outcome: 'told', on: '2026-11-16' as PlainDate, spokeTo: 'The mother', note: 'Understood' },
  });
}

async function movesInEveryState({ app, council, superuser }: TestHouse, names: Record<string, string>): Promise<void> {
  const asked: MoveAsked = {
    ...{ payDay: 2, frequencyDays: null, from: '2026-12-14' as PlainDate, reason: 'The bank', urgent: null },
  };
  const propose = async (plan: string, more: Partial<MoveAsked> = {}): Promise<string> =>
    (await app.get(ProposePayDayMove).run(council.actors.caseworker, [names[plan] ?? ''], { ...asked, ...more }))
      .moveId;
  names.proposedMove = await propose('secondPlan');
  names.waitingMove = await propose('waitsPlan');
  names.inForceMove = await propose('movedPlan');
  const urgent = { reason: 'The bank closes', bridging: 'not-needed', apology: 'We are sorry.' } as const;
  names.urgentMove = await propose('urgentPlan', { urgent, from: '2026-11-24' as PlainDate });
  for (const move of ['waitingMove', 'inForceMove'])
    await app.get(DecidePayDayMove).approve(council.actors.manager, names[move] ?? '', 'Agreed');
  await workOff(app, council.id, ['notices.drain', 'subsistence.price-batch', 'payments.post-run']);
  const { rows } = await superuser.query<{ move_id: string; id: string; notice_id: string }>(
    `select move_id, id, notice_id from subsistence.pay_day_change`,
  );
  for (const { move_id, id, notice_id } of rows) {
    const name = ['proposed', 'waiting', 'inForce', 'urgent'].find((each) => names[`${each}Move`] === move_id) ?? '';
    Object.assign(names, { [`${name}Change`]: id, [`${name}ChangeNotice`]: notice_id });
  }
  await app.get(LogTelling).run(council.actors.caseworker, names.inForceChangeNotice ?? '', {
    ...{ how: 'call', outcome: 'told', on: '2026-11-16' as PlainDate, spokeTo: 'The mother', note: 'Understood' },
  });
  await workOff(app, council.id, ['notices.drain', 'subsistence.price-batch', 'payments.post-run']);
}
