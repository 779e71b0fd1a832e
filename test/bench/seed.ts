import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { personas, setUpDemoCouncil } from '../../src/demo/council.ts';
import type { Actor, PlainDate, Role } from '../../src/kernel/index.ts';
import type { ReadyConfig } from '../../src/platform/index.ts';
import { ApprovePlans, ImportFamilies } from '../../src/subsistence/index.ts';
import { weeklyCaseload } from './caseload.ts';
import { inTheHouse, type Scene } from './scene.ts';

/** Who acts in the bench: one person of the council for each role. */
export type People = Readonly<Record<Role, Actor>>;

/** What is to be taken in, and where. */
export interface SeedOrder {
  readonly config: ReadyConfig;
  readonly ownerUrl: string;
  readonly today: PlainDate;
  readonly firstPayDate: PlainDate;
  readonly families: number;
}

/** Sets up the council and takes in its families, through the actions a council uses. */
export function seed(order: SeedOrder, sql: pg.Client): Promise<People> {
  const { families, today } = order;
  const file = weeklyCaseload(families, today, order.firstPayDate);
  return inTheHouse(order.config, today, async (app) => {
    const council = await setUpDemoCouncil(app, order.ownerUrl, families, today);
    const people = Object.fromEntries(
      personas.map(({ email, role }) => [
        role,
        { authorityId: council.authorityId, userId: council.userIds.get(email), roles: [role], channel: 'cli' },
      ]),
    ) as unknown as People;
    await app.get(ImportFamilies).run(people.caseworker, file, today);
    // What autovacuum does within minutes, while the second person reads; the bench does not wait for it.
    await sql.query('analyze');
    const { approved } = await app.get(ApprovePlans).all(people.manager, 'Bench');
    if (approved !== families) throw new Error(`${approved} of ${families} plans were approved`);
    return people;
  });
}

/** Seeds in a process of its own. @returns the people, and how much memory it took */
export function seedApart(scene: Scene, families: number): Promise<{ people: People; peakRssMb: number }> {
  const { config, ownerUrl, superuserUrl, today, firstPayDate } = scene;
  const child = fork(fileURLToPath(new URL('./seed-child.js', import.meta.url)), {
    // As on a machine with little memory: what an import needs, and not what it may take while nobody minds.
    ...{ stdio: ['ignore', 2, 2, 'ipc'], execArgv: [...process.execArgv, '--max-old-space-size=450'] },
  });
  child.send({ config, ownerUrl, superuserUrl, today, firstPayDate, families });
  return new Promise((resolve, reject) => {
    child.once('message', (found) => resolve(found as { people: People; peakRssMb: number }));
    child.once('exit', (code) => reject(new Error(`seeding ended (${code}) before it was done`)));
  });
}
