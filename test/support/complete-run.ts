import type { INestApplicationContext } from '@nestjs/common';
import type { PlainDate } from '../../src/kernel/index.ts';
import { DecideRun, exportRun, OpenRun, ReleaseRun, SubmitRun } from '../../src/payments/index.ts';
import { workOff } from './outbox-by-hand.ts';
import type { TestCouncil } from './test-council.ts';

/** How far a run is taken. */
export type RunStage = 'planned' | 'priced' | 'in_approval' | 'approved' | 'releasing' | 'posted' | 'exported';

/** Takes a run of a council as far as asked, each step as the right person. @returns its number */
export async function completeRun(
  app: INestApplicationContext,
  council: TestCouncil,
  payDate: string,
  stage: RunStage = 'exported',
): Promise<string> {
  const { runId } = await app.get(OpenRun).run(council.actors.finance, payDate as PlainDate);
  if (stage === 'planned') return runId;
  await workOff(app, council.id);
  if (stage === 'priced') return runId;
  await finishRun(app, council, runId, stage);
  return runId;
}

/** Takes a priced run on from there. */
export async function finishRun(
  app: INestApplicationContext,
  council: TestCouncil,
  runId: string,
  stage: RunStage = 'exported',
): Promise<void> {
  const { fingerprint } = await app.get(SubmitRun).run(council.actors.finance, runId);
  if (stage === 'in_approval') return;
  const decision = { outcome: 'approved', fingerprint, reason: '' } as const;
  await app.get(DecideRun).run(council.actors.manager, runId, decision);
  if (stage === 'approved') return;
  await app.get(ReleaseRun).run(council.actors.releaser, runId);
  if (stage === 'releasing') return;
  await workOff(app, council.id, stage === 'posted' ? [exportRun] : []);
}
