import {
  AnswerFile,
  ConfirmDetails,
  ImportReport,
  listBankFiles,
  ReissueReturns,
  returnsShown,
  SubmitFile,
} from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import type { TestHouse } from './test-house.ts';

/** Files in their life at the bank, for the pages. */
export interface BankFilesScene {
  /** A file the bank took, of which payments came back. */
  readonly acceptedFile: string;
  /** A file nobody knows the whereabouts of. */
  readonly unknownFile: string;
  /** A file the bank rejected. */
  readonly rejectedFile: string;
  /** A payment that came back and waits. */
  readonly returned: string;
}

/** Takes the first file to the bank, brings three payments back and pays two of them again: one file is lost, one rejected. */
export async function bankFilesScene(house: TestHouse): Promise<BankFilesScene> {
  const { app, council, superuser } = house;
  const { finance } = council.actors;
  const files = await app.get(UnitOfWork).read(finance, (tx) => listBankFiles(tx, { limit: 50 }));
  const first = files.at(-1)!;
  await app.get(SubmitFile).begin(finance, first.id);
  await app.get(SubmitFile).handIn(finance, first.id, 'BANK-2026-0001');
  await app.get(AnswerFile).run(finance, first.id, { answer: 'accept', reason: 'Seen on the bank’s page' });
  const { rows } = await superuser.query<{ id: string; amount: string }>(
    `select id, amount::numeric(14,2)::text as amount from payments.payment_order where run_id = $1 order by id limit 3`,
    [first.runId],
  );
  const lines = rows.map(({ id, amount }, at) => `MS ${id},${amount},${['B', '0', '5'][at]}`);
  const report = ['reference,amount,code', ...lines, 'MS 999999999,12.50,3'].join('\n');
  await app.get(ImportReport).run(finance, 'arucs', Buffer.from(report));
  const returns = await app.get(UnitOfWork).read(finance, (tx) => returnsShown(tx, { state: 'open', limit: 10 }));
  const [returned, lost, rejected] = returns.map(({ id }) => id) as [string, string, string];
  const [unknownFile, rejectedFile] = [await paidAgain(house, lost), await paidAgain(house, rejected)];
  await app.get(AnswerFile).run(finance, unknownFile, { answer: 'lose', reason: 'The page went away' });
  await app.get(AnswerFile).run(finance, rejectedFile, { answer: 'reject', reason: 'The bank’s page says so' });
  return { acceptedFile: first.id, unknownFile, rejectedFile, returned };
}

async function paidAgain({ app, council }: TestHouse, returnId: string): Promise<string> {
  for (const who of ['caseworker', 'manager'] as const)
    await app.get(ConfirmDetails).run(council.actors[who], returnId, 'Saw the bank card');
  const asked = { returnIds: [returnId], rail: 'bacs', isUrgent: false } as const;
  const { fileId } = await app.get(ReissueReturns).run(council.actors.finance, asked);
  await app.get(SubmitFile).begin(council.actors.finance, fileId);
  return fileId;
}
