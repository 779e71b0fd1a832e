import { subjectsOf } from '../../approvals/index.ts';
import { referencesOf } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** What a payment's number stands for: a family by its reference, and the run. */
export interface NamedPayment {
  readonly id: string;
  readonly familyId: string;
  readonly family: string;
  readonly runId: string;
}

/** Says whom some payments were for. */
export async function paymentsNamed(tx: Transaction, ids: readonly string[]): Promise<Map<string, NamedPayment>> {
  const rows = await tx.query<Omit<NamedPayment, 'family'>>(
    `select id, family_id as "familyId", run_id as "runId" from payments.payment_order where id = any ($1::bigint[])`,
    [ids],
  );
  const references = await referencesOf(
    tx,
    rows.map((row) => row.familyId),
  );
  return new Map(rows.map((row) => [row.id, { ...row, family: references.get(row.familyId) ?? '' }]));
}

/** Gives the pay dates of some runs. */
export async function runsNamed(tx: Transaction, ids: readonly string[]): Promise<Map<string, PlainDate>> {
  const rows = await tx.query<{ id: string; payDate: PlainDate }>(
    `select id, pay_date as "payDate" from payments.run where id = any ($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.payDate]));
}

/** Says which runs some approvals are of: money is reserved under the approval's number. */
export async function runsOfApprovals(tx: Transaction, requestIds: readonly string[]): Promise<Map<string, string>> {
  const subjects = await subjectsOf(tx, requestIds);
  const runs = await runsNamed(tx, [...subjects.values()]);
  return new Map([...subjects].filter(([, subject]) => runs.has(subject)));
}
