import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { BankFiles } from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { Relay, stuckMessages } from '../../src/outbox/index.ts';
import { clockOf } from '../../src/kernel/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { openJobs } from '../support/outbox-by-hand.ts';
import { faultsOf } from '../support/planted-fault.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await testHouse();
  await takeIn(house.app, house.council, [...familyRows('A-1'), ...familyRows('A-2')]);
});
afterEach(() => house.close());

/** Takes a run up to its export, and says where the file is to be. */
async function postedRun(): Promise<{ runId: string; path: string }> {
  const runId = await completeRun(house.app, house.council, '2026-11-26', 'posted');
  const folder = join(house.config.exportDir, 'northshire');
  mkdirSync(folder, { recursive: true });
  return { runId, path: join(folder, `bacs-2026-11-26-run-${runId}.txt`) };
}
async function tryExport(): Promise<void> {
  const job = (await openJobs(house.app, house.council.id)).find((each) => each.topic === 'payments.export-run');
  if (job) await house.app.get(Relay).perform({ authorityId: house.council.id, messageId: job.id });
}
const look = async (runId: string): Promise<unknown> =>
  (
    await house.superuser.query(
      `select state, (select count(*)::int from payments.export_file f where f.run_id = r.id) as files,
              (select count(*)::int from ledger.transfer t where t.run_id = r.id and kind = 6) as sent from payments.run r where id = $1`,
      [runId],
    )
  ).rows[0];
const UNTOUCHED = { state: 'posted', files: 0, sent: 0 };
const DONE = { state: 'exported', files: 1, sent: 1 };
const jobOf = async (): Promise<unknown> =>
  (
    await house.superuser.query(
      `select failures, done_at is not null as done, last_error as error from outbox.message where topic = 'payments.export-run'`,
    )
  ).rows[0];

const describeWithFullDisk = existsSync('/dev/full') ? describe : describe.skip;

describeWithFullDisk('A full disk (where there is a /dev/full to be one)', () => {
  it('leaves the run posted and the job open, and the same job succeeds once there is room', async () => {
    const { runId, path } = await postedRun();
    symlinkSync('/dev/full', `${path}.part`);
    await tryExport();
    expect(await look(runId)).toEqual(UNTOUCHED);
    expect(await jobOf()).toEqual({ failures: 1, done: false, error: 'export_disk_refused: The system said: ENOSPC.' });
    expect(existsSync(path)).toBe(false);
    rmSync(`${path}.part`);
    await tryExport();
    expect(await look(runId)).toEqual(DONE);
    expect(await jobOf()).toEqual({ failures: 1, done: true, error: null });
    const file = await house.app.get(BankFiles).open(house.council.actors.finance, runId);
    expect(readFileSync(path).equals(file.bytes)).toBe(true);
    expect(await faultsOf(house)).toEqual([]);
  });
});

describe('An export that fails at its last step', () => {
  it('writes the same bytes when it is tried again', async () => {
    const { runId, path } = await postedRun();
    mkdirSync(path);
    await tryExport();
    expect(await look(runId)).toEqual(UNTOUCHED);
    const first = readFileSync(`${path}.part`);
    rmSync(path, { recursive: true });
    await tryExport();
    expect(await look(runId)).toEqual(DONE);
    expect(readFileSync(path).equals(first)).toBe(true);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('is shown to a person after five tries', async () => {
    const { path } = await postedRun();
    mkdirSync(path);
    for (let time = 0; time < 5; time += 1) await tryExport();
    const stuck = await house.app.get(UnitOfWork).read(clockOf(house.council.id), stuckMessages);
    expect(stuck).toMatchObject([{ topic: 'payments.export-run', failures: 5 }]);
  });
});

describe('An exported run', () => {
  it('is not exported again: one file, one transfer, whoever asks how often', async () => {
    const { runId, path } = await postedRun();
    await Promise.all([tryExport(), tryExport(), tryExport()]);
    expect(await look(runId)).toEqual(DONE);
    const once = readFileSync(path);
    rmSync(path);
    const [again] = await house.app.get(BankFiles).rewrite(house.council.actors.finance, runId);
    expect(readFileSync(path).equals(once)).toBe(true);
    expect(again?.bytes.equals(once)).toBe(true);
  });

  it('is followed by a file with the next serial', async () => {
    await postedRun();
    await tryExport();
    house.setToday('2026-11-23' as never);
    await completeRun(house.app, house.council, '2026-12-03');
    const { rows } = await house.superuser.query(`select serial from payments.export_file order by id`);
    expect(rows).toEqual([{ serial: '000001' }, { serial: '000002' }]);
  });

  it('needs the council to have said how it pays', async () => {
    const { runId } = await postedRun();
    await house.superuser.query(
      `set session_replication_role = replica; delete from payments.originator; set session_replication_role = origin`,
    );
    await tryExport();
    expect(await look(runId)).toEqual(UNTOUCHED);
    expect(await jobOf()).toMatchObject({ failures: 1, error: expect.stringMatching(/^no_originator: /) });
  });
});
