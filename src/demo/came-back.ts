import type { Api } from './api.ts';
import type { ShownRun, Teller } from './weekly-run.ts';

/** How many payments came back in the demonstration, and were paid again. */
export interface CameBack {
  readonly returned: number;
  readonly reissued: number;
}

interface File {
  readonly id: string;
  readonly name: string;
}

/** Hands the run's file in, has one payment come back from a closed account, and pays it again the same day. */
export async function cameBack(api: Api, run: ShownRun, tell: Teller): Promise<CameBack> {
  if (run.lineCount === 0) return { returned: 0, reissued: 0 };
  const { files } = await api.get<{ files: (File & { runId: string })[] }>('finance', '/bank-files');
  const file = files.find((each) => each.runId === run.id) as File;
  await handIn(api, file, 'BANK-0001');
  tell.say(
    `\nFinn wrote down that he was about to hand the file in, did, and wrote down the bank’s reference. It took the file.`,
  );
  const { lines } = await api.get<{ lines: { id: string; family: string; amount: string }[] }>(
    'finance',
    `/runs/${run.id}/lines?status=payable&limit=1000`,
  );
  const last = lines.at(-1) as (typeof lines)[number];
  await take(api, 'arucs', `reference,amount,code\nMS ${last.id},${last.amount},B\n`);
  tell.say(
    `A payment came back: family ${last.family}, £${last.amount}, the account was closed. Its money is back in the ledger and the family is told.`,
  );
  const { returns } = await api.get<{ returns: { id: string; paidId: string }[] }>('finance', '/returns?state=open');
  const back = returns.find((each) => each.paidId === last.id) as (typeof returns)[number];
  await api.post('caseworker', `/returns/${back.id}/confirm`, { reason: 'Saw the card: the bank opened it again' });
  await api.post('manager', `/returns/${back.id}/confirm`, { reason: 'Called the bank on its own number' });
  const asked = { returnIds: [back.id], rail: 'faster-payments', isUrgent: true };
  const made = await api.post<{ fileId: string; name: string; payments: { reference: string }[] }>(
    'finance',
    '/returns/reissue',
    asked,
  );
  await handIn(api, { id: made.fileId, name: made.name }, 'BANK-0002');
  tell.say(
    `Two people found that the details are right. Finn paid it again the same day, as ${made.payments[0]?.reference}.`,
  );
  return { returned: 1, reissued: 1 };
}

async function handIn(api: Api, { id, name }: File, bankReference: string): Promise<void> {
  await api.post('finance', `/bank-files/${id}/begin`);
  await api.post('finance', `/bank-files/${id}/submitted`, { bankReference });
  await take(api, 'input', `file,status\n${name},accepted\n`);
}

function take(api: Api, kind: string, text: string): Promise<unknown> {
  return api.send('finance', `/bank-reports?kind=${kind}`, Buffer.from(text));
}
