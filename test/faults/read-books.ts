import { readFile } from 'node:fs/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { operatorOf, Money } from '../../src/kernel/index.ts';
import { BankFiles } from '../../src/payments/index.ts';
import { type Transaction, UnitOfWork } from '../../src/platform/index.ts';
import type { Council } from './council.ts';
import type { Books, LineInBooks, Movement, PlanInBooks } from './tally.ts';

type Run = Books['runs'][number] & { readonly state: string };
type Amount = { readonly amount: string };

/** Reads what the database and the bank files hold of a council, with every fault of the files as a sentence. */
export async function readBooks(
  app: INestApplicationContext,
  council: Council,
): Promise<{ books: Books; exported: number; fileFaults: string[] }> {
  const read = await app.get(UnitOfWork).read(operatorOf(council.authorityId), readTables);
  const credits: Movement[] = [];
  const fileFaults: string[] = [];
  const exported = read.runs.filter((run) => run.state === 'exported');
  for (const run of exported) {
    const file = await app.get(BankFiles).open(council.as('finance'), run.id);
    const inFile = creditsIn(file.bytes);
    credits.push(...inFile);
    const posted = sum(read.transfers.filter((each) => each.runId === run.id));
    if (sum(inFile) !== posted || Money.gbp(file.total).toPence() !== posted)
      fileFaults.push(`the file of run ${run.id} comes to ${sum(inFile)} pence, the ledger to ${posted}`);
    const onDisk = await readFile(file.path).catch(() => undefined);
    if (!onDisk?.equals(file.bytes)) fileFaults.push(`the copy on disk of the file of run ${run.id} is not the file`);
  }
  return { books: { ...read, credits }, exported: exported.length, fileFaults };
}

async function readTables(tx: Transaction) {
  const plans = await tx.query<PlanInBooks>(
    `select p.id, p.pay_day as "payDay", p.frequency_days as "frequencyDays", p.paid_up_to as "paidUpTo",
            p.support_to as "supportTo",
            exists (select from families.instrument i where i.family_id = p.family_id and i.state = 'approved') as "hasAccount"
       from subsistence.plan p where p.state = 'approved' order by p.id`,
  );
  const runs = await tx.query<Run>(
    `select id, pay_date as "payDate", state from payments.run where state <> 'cancelled' order by pay_date`,
  );
  const lines = await tx.query<LineInBooks & Amount>(
    `select id, run_id as "runId", source_id as "planId", covers_from as "coversFrom", covers_to as "coversTo", status, amount
       from payments.line where status <> 'void' order by id`,
  );
  const orders = await tx.query<Movement & Amount>(
    `select id as "orderId", amount from payments.payment_order order by id`,
  );
  const transfers = await tx.query<Movement & Amount & { runId: string }>(
    `select document_id as "orderId", run_id as "runId", amount from ledger.transfer where kind = 4 order by document_id`,
  );
  return {
    ...{ plans, runs },
    ...{ lines: lines.map(inPence), orders: orders.map(inPence), transfers: transfers.map(inPence) },
  };
}

function inPence<T extends Amount>(row: T): T & { pence: bigint } {
  return { ...row, pence: Money.gbp(row.amount).toPence() };
}

function sum(moved: readonly Movement[]): bigint {
  return moved.reduce((total, each) => total + each.pence, 0n);
}

/** Reads the credits out of a Standard 18 file by the positions of the specification, not with the writer's own table. */
export function creditsIn(file: Buffer): Movement[] {
  return file
    .toString('latin1')
    .split('\r\n')
    .filter((record) => record.length === 100 && record.slice(15, 17) === '99')
    .map((record) => ({
      orderId: record.slice(64, 82).trim().split(' ').at(-1) ?? '',
      pence: BigInt(record.slice(35, 46)),
    }));
}
