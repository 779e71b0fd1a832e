import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { type Actor, mustBeAllowed, plainDate } from '../../kernel/index.ts';
import { Relay, stuckMessages } from '../../outbox/index.ts';
import {
  BankFiles,
  CancelRun,
  DecideRun,
  explainedLines,
  HoldLines,
  type LinesAsked,
  listRuns,
  OpenRun,
  payCalendar,
  previewRun,
  readRun,
  ReleaseRun,
  runDetail,
  type RunState,
  seeRuns,
  SubmitRun,
} from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { PriceRun } from '../../subsistence/index.ts';
import { type CliAnswer, type CliCommand, type Given, UsageError } from '../command.ts';

const token = { token: { type: 'string' } } as const;
const council = { council: { type: 'string' } } as const;
const WAIT_MILLISECONDS = 30 * 60_000;

/** Does the council's due jobs here until a run gets where it is going: no worker is needed, and one does no harm. */
async function workUntil(house: INestApplicationContext, actor: Actor, runId: string, states: readonly RunState[]) {
  const deadline = Date.now() + WAIT_MILLISECONDS;
  for (;;) {
    await house.get(Relay).performDue(actor.authorityId);
    const run = await house.get(UnitOfWork).read(actor, (tx) => runDetail(tx, runId));
    if (states.includes(run.state)) return run;
    const stuck = await house.get(UnitOfWork).read(actor, stuckMessages);
    if (stuck[0] || Date.now() > deadline)
      throw new Error(`run ${runId} is ${run.state}: ${stuck[0]?.reason ?? 'still working'}`);
    await pause(200);
  }
}

function runCommand(
  name: string,
  usage: string,
  summary: string,
  options: NonNullable<CliCommand['options']>,
  act: (given: Given, actor: Actor, runId: string, house: INestApplicationContext) => Promise<unknown>,
): CliCommand {
  return {
    ...{ name, usage: `RUN ${usage}[--token T] [--json]`, summary, words: 1, options: { ...token, ...options } },
    async run(given: Given): Promise<CliAnswer> {
      const runId = given.words[0] as string;
      if (!/^\d{1,18}$/.test(runId)) throw new UsageError(`"${runId}" is not the number of a run.`);
      const actor = await given.person();
      mustBeAllowed(actor, seeRuns);
      return { answer: await act(given, actor, runId, await given.house()) };
    },
  };
}

const openRun: CliCommand = {
  ...{ name: 'open-run', usage: '--pay-date DATE [--council C] [--json]', words: 0 },
  summary: 'Opens a run for a nominal pay date and prices it. A pay date that was missed can be run late.',
  options: { ...council, 'pay-date': { type: 'string' } },
  async run(given: Given): Promise<CliAnswer> {
    const actor = await given.machine();
    const house = await given.house();
    const opened = await house.get(OpenRun).run(actor, plainDate(given.needed('pay-date')));
    return { answer: await workUntil(house, actor, opened.runId, ['priced']) };
  },
};

const runs: CliCommand = {
  ...{ name: 'runs', usage: '[--council C] [--json]', words: 0, options: council },
  summary: 'Lists runs, and the pay calendar with what was missed.',
  async run(given: Given): Promise<CliAnswer> {
    const actor = await given.machine();
    return {
      answer: await (await given.house()).get(UnitOfWork).read(actor, async (tx) => ({
        runs: (await listRuns(tx, 50)).map(({ id, payDate, entryDay, state, lineCount, heldCount, total }) => ({
          ...{ id, payDate, entryDay, state, payments: lineCount, held: heldCount, total },
        })),
        calendar: await payCalendar(tx),
      })),
    };
  },
};

const steps: readonly CliCommand[] = [
  runCommand('run', '', 'Shows one run: state, totals, people, ledger, story.', {}, (_, actor, runId, house) =>
    house.get(UnitOfWork).read(actor, (tx) => runDetail(tx, runId)),
  ),
  runCommand('price', '', 'Prices a run again from the facts as they are now.', {}, async (_, actor, runId, house) => {
    await house.get(PriceRun).run(actor, runId);
    return workUntil(house, actor, runId, ['priced']);
  }),
  runCommand(
    'preview',
    '',
    'Shows totals, exceptions and what changed since each family’s last payment.',
    {},
    (_, actor, runId, house) => house.get(UnitOfWork).read(actor, (tx) => previewRun(tx, runId)),
  ),
  runCommand(
    'lines',
    '[--status payable|held] [--after N] ',
    'Lists lines with how each was worked out.',
    { status: { type: 'string' }, after: { type: 'string' } },
    async (given, actor, runId, house) => ({
      lines: await house.get(UnitOfWork).read(actor, (tx) =>
        explainedLines(tx, runId, {
          ...{ status: given.text('status') as LinesAsked['status'], after: given.text('after'), limit: 100 },
        }),
      ),
    }),
  ),
  runCommand(
    'hold',
    '--lines N,N --category C --reason R [--dry-run] ',
    'Holds lines back. Voids any approval of the run.',
    {
      lines: { type: 'string' },
      category: { type: 'string' },
      reason: { type: 'string' },
      'dry-run': { type: 'boolean' },
    },
    (given, actor, runId, house) =>
      house.get(HoldLines).hold(
        actor,
        runId,
        {
          lineIds: given.needed('lines').split(','),
          category: given.needed('category'),
          reason: given.needed('reason'),
        },
        { dryRun: given.values['dry-run'] === true },
      ),
  ),
  runCommand(
    'unhold',
    '--lines N,N --reason R ',
    'Lets lines go that a person held.',
    { lines: { type: 'string' }, reason: { type: 'string' } },
    (given, actor, runId, house) =>
      house
        .get(HoldLines)
        .release(actor, runId, { lineIds: given.needed('lines').split(','), reason: given.needed('reason') }),
  ),
  runCommand(
    'submit',
    '[--as-priced] ',
    'Sends exactly these lines for approval. Refused while families changed since pricing, unless sent as priced.',
    { 'as-priced': { type: 'boolean' } },
    (given, actor, runId, house) =>
      house.get(SubmitRun).run(actor, runId, { asPriced: given.values['as-priced'] === true }),
  ),
  runCommand(
    'approve',
    '--fingerprint F [--reason R] ',
    'Approves a run as the second person, by the fingerprint of the preview.',
    { fingerprint: { type: 'string' }, reason: { type: 'string' } },
    (given, actor, runId, house) =>
      house.get(DecideRun).run(actor, runId, {
        outcome: 'approved',
        fingerprint: given.needed('fingerprint'),
        reason: given.text('reason') ?? '',
      }),
  ),
  runCommand(
    'send-back',
    '--reason R ',
    'Sends a run back with a reason.',
    { reason: { type: 'string' } },
    async (given, actor, runId, house) => {
      const seen = await house.get(UnitOfWork).read(actor, (tx) => readRun(tx, runId));
      const fingerprint = seen.fingerprint?.toString('hex') ?? '';
      return house
        .get(DecideRun)
        .run(actor, runId, { outcome: 'sent_back', fingerprint, reason: given.needed('reason') });
    },
  ),
  runCommand(
    'post',
    '',
    'Releases a run as the third person, posts it and writes its bank file.',
    {},
    async (_, actor, runId, house) => {
      await house.get(ReleaseRun).run(actor, runId);
      return workUntil(house, actor, runId, ['exported']);
    },
  ),
  runCommand(
    'export',
    '',
    'Writes the run’s bank files to the export folder, one for each rail: always the same bytes.',
    {},
    async (_, actor, runId, house) => {
      const written = await house.get(BankFiles).rewrite(actor, runId);
      const files = written.map(({ name, path, sha256, items, total }) => ({ name, path, sha256, items, total }));
      return files.length === 1 ? files[0] : { files };
    },
  ),
  runCommand(
    'cancel',
    '--reason R ',
    'Cancels a run that has not been released.',
    { reason: { type: 'string' } },
    (given, actor, runId, house) => house.get(CancelRun).run(actor, runId, given.needed('reason')),
  ),
];

/** Commands about runs. */
export const runCommands: readonly CliCommand[] = [openRun, runs, ...steps];
