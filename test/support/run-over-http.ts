import type { RunStage } from './complete-run.ts';
import type { Client } from './http.ts';
import { workOff } from './outbox-by-hand.ts';
import type { TestHouse } from './test-house.ts';

/** A preview, as far as the tests look. */
export interface ShownPreview {
  readonly payments: number;
  readonly held: number;
  readonly total: string;
  readonly fingerprint: string;
  readonly funds: { code: string; needed: string; available: string; isEnough: boolean }[];
  readonly exceptions: { code: string; lines: number }[];
  readonly changes: Record<'new' | 'stopped' | 'amount' | 'payee', number>;
  readonly variance: { family: string; changes: string[]; before: string | null; now: string | null }[];
}

/** A line, as far as the tests look. */
export interface ShownLine {
  readonly id: string;
  readonly family: string;
  readonly familyId: string;
  readonly sourceId: string;
  readonly status: string;
  readonly holdCode: string | null;
  readonly amount: string;
  readonly coversFrom: string;
  readonly coversTo: string;
  readonly explanation: { backDated: { amount: string }[]; lines: { component: string; days: number }[] };
}

/** Opens and prices a run. @returns its number */
export async function openRun(house: TestHouse, client: Client, payDate: string): Promise<string> {
  const { body } = await client.post('finance', '/runs', { payDate }).expect(201);
  await workOff(house.app, house.council.id);
  return (body as { runId: string }).runId;
}

/** Sends a priced run on its way, as the right people. */
export async function takeRun(house: TestHouse, client: Client, runId: string, stage: RunStage): Promise<void> {
  const { body } = await client.post('finance', `/runs/${runId}/submit`).expect(200);
  if (stage === 'in_approval') return;
  const { fingerprint } = body as { fingerprint: string };
  await client.post('manager', `/runs/${runId}/decision`, { outcome: 'approved', fingerprint }).expect(200);
  if (stage === 'approved') return;
  await client.post('releaser', `/runs/${runId}/post`).expect(202);
  if (stage === 'releasing') return;
  await workOff(house.app, house.council.id);
}

/** Opens a run and takes it all the way to its bank file. */
export async function payRun(house: TestHouse, client: Client, payDate: string): Promise<string> {
  const runId = await openRun(house, client, payDate);
  await takeRun(house, client, runId, 'exported');
  return runId;
}

export async function previewOf(client: Client, runId: string): Promise<ShownPreview> {
  return (await client.get('finance', `/runs/${runId}/preview`).expect(200)).body as ShownPreview;
}

export async function stateOf(client: Client, runId: string): Promise<string> {
  return ((await client.get('finance', `/runs/${runId}`).expect(200)).body as { state: string }).state;
}

export async function linesOf(client: Client, runId: string): Promise<ShownLine[]> {
  return ((await client.get('finance', `/runs/${runId}/lines?limit=1000`).expect(200)).body as { lines: ShownLine[] })
    .lines;
}

/** Finds the line of one family. */
export async function lineOf(client: Client, runId: string, family: string): Promise<ShownLine | undefined> {
  return (await linesOf(client, runId)).find((line) => line.family === family);
}

/** What the section 17 fund says of itself. */
export async function fundOf(client: Client): Promise<Record<'available' | 'committed' | 'spent' | 'budget', string>> {
  const { body } = await client.get('finance', '/funds').expect(200);
  return (body as { funds: Record<'available' | 'committed' | 'spent' | 'budget', string>[] }).funds[0]!;
}
