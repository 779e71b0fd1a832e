import { setTimeout as pause } from 'node:timers/promises';
import type { PlainDate } from '../kernel/index.ts';
import { type Api, ApiRefusal } from './api.ts';

/** A run as the API shows it, as far as the demonstration looks. */
export interface ShownRun {
  readonly id: string;
  readonly state: string;
  readonly payDate: string;
  readonly entryDay: string;
  readonly lineCount: number;
  readonly heldCount: number;
  readonly total: string;
  readonly progress: { readonly done: number; readonly of: number };
  readonly ledger: { readonly n: number; readonly total: string };
}

/** Tells what is happening; `progress` draws a bar. */
export interface Teller {
  say(text: string): void;
  progress(label: string, done: number, of: number): void;
}

/** Takes one weekly run from opening to its bank file, each step as the right person. */
export async function weeklyRun(api: Api, payDate: PlainDate, tell: Teller): Promise<ShownRun> {
  const runId = await pricedRun(api, payDate, tell);
  let run = await api.get<ShownRun>('finance', `/runs/${runId}`);
  const preview = await api.get<{ fingerprint: string; exceptions: { code: string; lines: number }[] }>(
    'finance',
    `/runs/${runId}/preview`,
  );
  for (const each of preview.exceptions) tell.say(`  held: ${each.lines} × ${each.code}`);
  if (run.lineCount === 0) {
    tell.say('No family is due on this pay date with an account to pay: there is nothing to send for approval.');
    return run;
  }
  await api.post('finance', `/runs/${runId}/submit`);
  tell.say('Finn sent exactly these lines for approval.');
  await api.post('manager', `/runs/${runId}/decision`, { outcome: 'approved', fingerprint: preview.fingerprint });
  tell.say('Morgan (manager) approved them. The money is reserved in the fund.');
  await api.post('releaser', `/runs/${runId}/post`);
  tell.say('Riley (releaser) released the run.');
  run = await until(api, runId, ['exported'], (now) =>
    tell.progress(now.state === 'posted' ? 'Bank file' : 'Posting', 0, 1),
  );
  tell.say(`Posted ${run.ledger.n} payments, £${run.ledger.total} in the ledger; money arrives ${run.entryDay}.`);
  return run;
}

/** Opens a run and waits until it is priced. @returns its number */
export async function pricedRun(api: Api, payDate: PlainDate, tell: Teller): Promise<string> {
  const runId = await open(api, payDate);
  tell.say(`Finn (finance) opened run ${runId} for ${payDate}.`);
  const look = (now: ShownRun): void => tell.progress('Pricing', now.progress.done, now.progress.of);
  const run = await until(api, runId, ['priced'], look);
  tell.say(`Priced: ${run.lineCount} payments, ${run.heldCount} held for a reason, £${run.total}.`);
  return runId;
}

async function open(api: Api, payDate: PlainDate): Promise<string> {
  try {
    return (await api.post<{ runId: string }>('finance', '/runs', { payDate })).runId;
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.code !== 'run_opened_twice') throw error;
    // The clock was first: the pay calendar opens runs by itself.
    const { runs } = await api.get<{ runs: { id: string; payDate: string; state: string }[] }>('finance', '/runs');
    const mine = runs.find((run) => run.payDate === payDate && run.state !== 'cancelled');
    if (!mine) throw error;
    return mine.id;
  }
}

async function until(
  api: Api,
  runId: string,
  states: readonly string[],
  look: (run: ShownRun) => void,
): Promise<ShownRun> {
  const deadline = Date.now() + 15 * 60_000;
  for (;;) {
    const run = await api.get<ShownRun>('finance', `/runs/${runId}`);
    look(run);
    if (states.includes(run.state)) return run;
    if (Date.now() > deadline) throw new Error(`run ${runId} is still ${run.state}: look at the worker's log above`);
    await pause(150);
  }
}
