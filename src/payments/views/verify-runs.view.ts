import { decisionsOn } from '../../approvals/index.ts';
import { stateHistory } from '../../audit/index.ts';
import { runsWithPayments } from '../../ledger/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { listRuns, type RunRow } from '../store/run.store.ts';

const MANY = 100_000;
const IN_THE_LEDGER = ['posted', 'exported'];
const APPROVED = ['approved', 'releasing', ...IN_THE_LEDGER];

/** Proves runs against the ledger, their files, their approvals and their own story. @returns one sentence a fault */
export async function verifyRuns(tx: Transaction): Promise<string[]> {
  const runs = await listRuns(tx, MANY);
  const paid = new Set(await runsWithPayments(tx));
  const files = new Set(
    (await tx.query<{ run_id: string }>(`select run_id from payments.export_file where purpose = 'run'`)).map(
      (row) => row.run_id,
    ),
  );
  const faults = [...(await approvalFaults(tx, runs)), ...(await carryFaults(tx))];
  for (const run of runs) {
    const isPosted = IN_THE_LEDGER.includes(run.state);
    if (isPosted !== paid.has(run.id))
      faults.push(`run ${run.id} says ${run.state}, the ledger ${paid.has(run.id) ? 'has' : 'has not'} its payments`);
    if ((run.state === 'exported') !== files.has(run.id))
      faults.push(`run ${run.id} says ${run.state}, and there is ${files.has(run.id) ? 'a' : 'no'} file of it`);
    faults.push(...(await storyFaults(tx, run)));
    paid.delete(run.id);
  }
  return [...faults, ...[...paid].map((id) => `the ledger has payments of run ${id}, which is not there`)];
}

async function approvalFaults(tx: Transaction, runs: readonly RunRow[]): Promise<string[]> {
  const approved = runs.filter((run) => APPROVED.includes(run.state));
  const decisions = await decisionsOn(
    tx,
    approved.map((run) => run.approvalId ?? '0'),
  );
  return approved.flatMap((run) => {
    const decision = decisions.find((each) => each.requestId === run.approvalId && each.outcome === 'approved');
    const same =
      decision?.decidedBy === run.approvedBy &&
      decision?.proposedBy === run.proposedBy &&
      decision?.amount === run.total &&
      run.fingerprint !== null &&
      decision?.fingerprint.equals(run.fingerprint);
    return same ? [] : [`run ${run.id} has no approval that says what the run says: who, how much, which lines`];
  });
}

/** The story in the history must be a path that ends where the run is, and name the one who released it. */
async function storyFaults(tx: Transaction, run: RunRow): Promise<string[]> {
  const story = await stateHistory(tx, 'run', run.id);
  const isPath = story.every((step, index) => step.from === (story[index - 1]?.to ?? ''));
  const faults =
    isPath && story.at(-1)?.to === run.state ? [] : [`the history of run ${run.id} does not lead to "${run.state}"`];
  const released = story.findLast((step) => step.to === 'releasing');
  if (released && released.actorId !== run.releasedBy)
    faults.push(`run ${run.id} was released by another than it says`);
  return faults;
}

/** What rounding left over must go from each payment of a plan to the next. */
async function carryFaults(tx: Transaction): Promise<string[]> {
  const odd = await tx.query<{ id: string }>(
    `select id from (
       select l.id, (l.explanation ->> 'carriedIn')::int as came, (l.explanation ->> 'carriedOut')::int as went, l.carry_sevenths,
              lag(l.carry_sevenths, 1, 0::smallint) over (partition by l.source_id order by l.covers_from) as before
         from payments.line l join payments.run r on r.id = l.run_id
        where l.status = 'payable' and r.state in ('posted', 'exported')) c
      where came <> before or went <> carry_sevenths order by id limit 50`,
  );
  return odd.map(({ id }) => `payment ${id} does not carry on what the payment before it left over`);
}
