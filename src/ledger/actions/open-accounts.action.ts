import type { Transaction } from '../../platform/index.ts';
import { councilAccountKinds, fundAccountKinds } from '../domain/transfer-kinds.ts';

/** Opens the accounts every council needs, for whoever sets it up. Safe to repeat. */
export async function openCouncilAccounts(tx: Transaction): Promise<void> {
  await open(
    tx,
    councilAccountKinds.map((kind) => ({ code: kind, kind, fund_id: null })),
  );
}

/** Opens the accounts of a fund, for whoever adds it. Safe to repeat. */
export async function openFundAccounts(tx: Transaction, fundId: string, fundCode: string): Promise<void> {
  await open(
    tx,
    fundAccountKinds.map((kind) => ({ code: `${fundCode}:${kind}`, kind, fund_id: fundId })),
  );
}

async function open(
  tx: Transaction,
  accounts: { code: string; kind: string; fund_id: string | null }[],
): Promise<void> {
  await tx.query(
    `insert into ledger.account (authority_id, code, kind, fund_id)
     select $1, a.code, a.kind, a.fund_id from jsonb_to_recordset($2::jsonb) as a(code text, kind text, fund_id bigint)
     on conflict on constraint uq_account_code do nothing`,
    [tx.actor.authorityId, JSON.stringify(accounts)],
  );
}
