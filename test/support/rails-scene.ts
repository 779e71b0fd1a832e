import type { BankFileRow, ReportKind, VoucherRow } from '../../src/payments/index.ts';
import {
  AnswerFile,
  ConfirmDetails,
  ImportReport,
  listBankFiles,
  ReissueReturns,
  RescueFile,
  returnsShown,
  SubmitFile,
  vouchersOfFile,
} from '../../src/payments/index.ts';
import { DecideBankDetails, listFamilies, ProposeBankDetails } from '../../src/families/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { refusalOf } from './attack.ts';
import { familyRows, takeIn } from './caseload.ts';
import { completeRun } from './complete-run.ts';
import type { GuardScene } from './guard-scene.ts';
import { testHouse, type TestHouse } from './test-house.ts';

const NO_ACCOUNT = { sort_code: '', account_number: '', account_name: '' };

/** Opens a house with bank files, returns, a rescue and vouchers in every state, to attack. */
export async function railsScene(): Promise<GuardScene> {
  const house = await testHouse();
  const { app, council } = house;
  const banks = ['T-1', 'T-2', 'T-3', 'T-4', 'T-6'].flatMap((reference) => familyRows(reference));
  await takeIn(app, council, [...banks, ...familyRows('T-5', NO_ACCOUNT)]);
  await payByVoucher(house, 'T-5');
  const names: Record<string, string> = { ours: council.id, theirs: house.other.id, ...council.userIds };
  names.run = await completeRun(app, council, '2026-11-26', 'exported');
  names.run2 = await completeRun(app, council, '2026-12-03', 'exported');
  const files = await allFiles(house);
  const fileOf = (run: string, rail: string) => files.find((file) => file.runId === run && file.rail === rail)!.id;
  names.file = fileOf(names.run, 'bacs');
  names.vouchers = fileOf(names.run, 'voucher');
  names.fresh = fileOf(names.run2, 'bacs');
  await takenByTheBank(house, names.file);
  await takenByTheBank(house, names.vouchers);
  await returnsInEveryState(house, names);
  const [voucher] = await read<VoucherRow[]>(house, (tx) => vouchersOfFile(tx, names.vouchers as string, 1));
  names.voucher = voucher!.id;
  await lostFile(house, names);
  const fill = (sql: string): string => sql.replaceAll(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
  const attack = (sql: string, as: 'appClient' | 'owner' = 'appClient'): Promise<string> =>
    refusalOf(house[as], { authorityId: council.id, userId: council.userIds.finance }, fill(sql));
  return { house, names, attack };
}

function read<T>({ app, council }: TestHouse, ask: Parameters<UnitOfWork['read']>[1]): Promise<T> {
  return app.get(UnitOfWork).read(council.actors.finance, ask) as Promise<T>;
}
function allFiles(house: TestHouse): Promise<BankFileRow[]> {
  return read(house, (tx) => listBankFiles(tx, { limit: 50 }));
}

async function payByVoucher(house: TestHouse, reference: string): Promise<void> {
  const { app, council } = house;
  const families = await read<{ id: string; reference: string }[]>(house, (tx) => listFamilies(tx, '0', 50));
  const { id } = families.find((family) => family.reference === reference)!;
  const details = { kind: 'voucher', sortCode: '', accountNumber: '', accountName: 'Lead' } as const;
  const { bankDetailsId } = await app.get(ProposeBankDetails).run(council.actors.caseworker, id, details);
  await app.get(DecideBankDetails).run(council.actors.manager, bankDetailsId, 'approve');
}

async function takenByTheBank({ app, council }: TestHouse, fileId: string): Promise<void> {
  await app.get(SubmitFile).begin(council.actors.finance, fileId);
  await app.get(SubmitFile).handIn(council.actors.finance, fileId, `B-${fileId}`);
  await app.get(AnswerFile).run(council.actors.finance, fileId, { answer: 'accept', reason: 'Seen at the bank' });
}

async function returnsInEveryState(house: TestHouse, names: Record<string, string>): Promise<void> {
  const { app, council, owner } = house;
  await owner.query(`select set_config('mainstay.authority', $1, false)`, [council.id]);
  const { rows } = await owner.query<{ id: string }>(
    `select id from payments.payment_order where run_id = $1 and rail = 'bacs' order by id`,
    [names.run],
  );
  const orders = rows.map((row) => row.id);
  names.order = orders[3]!;
  const lines = orders.slice(0, 3).map((id) => `MS ${id},49.18,0`);
  const { reportId } = await take(
    house,
    'arucs',
    ['reference,amount,code', ...lines, 'MS 999999999,1.00,0'].join('\n'),
  );
  names.report = reportId;
  const returns = await read<{ id: string; paidId: string }[]>(house, (tx) => returnsShown(tx, { limit: 50 }));
  const backOf = (order: string | undefined) => returns.find((each) => each.paidId === order)!.id;
  [names.back, names.again, names.lost] = orders.slice(0, 3).map(backOf) as [string, string, string];
  for (const back of [names.again, names.lost])
    for (const who of ['caseworker', 'manager'] as const)
      await app.get(ConfirmDetails).run(council.actors[who], back, 'Saw the card');
  await app.get(ConfirmDetails).run(council.actors.caseworker, names.back, 'Saw the card');
}

function take({ app, council }: TestHouse, kind: ReportKind, text: string): ReturnType<ImportReport['run']> {
  return app.get(ImportReport).run(council.actors.finance, kind, Buffer.from(text));
}

async function lostFile({ app, council }: TestHouse, names: Record<string, string>): Promise<void> {
  const reissue = (returnId: string) =>
    app.get(ReissueReturns).run(council.actors.finance, { returnIds: [returnId], rail: 'bacs', isUrgent: false });
  const { fileId, payments } = await reissue(names.again as string);
  names.reissueFile = fileId;
  names.reissue = payments[0]!.paymentId;
  names.lostFile = (await reissue(names.lost as string)).fileId;
  await app.get(SubmitFile).begin(council.actors.finance, names.lostFile);
  await app.get(AnswerFile).run(council.actors.finance, names.lostFile, { answer: 'reject', reason: 'They said so' });
  const asked = { rail: 'faster-payments', reason: 'It must go today' } as const;
  names.rescue = (await app.get(RescueFile).propose(council.actors.finance, names.lostFile, asked)).rescueId;
}
