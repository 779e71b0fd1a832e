import { Injectable } from '@nestjs/common';
import { FieldSeal, type Transaction } from '../../platform/index.ts';
import { type BankDetails, type InstrumentKind, openBankDetails } from '../domain/bank-details.ts';

/** Opens sealed bank details, for a bank file or for a person whose look is then on record. */
@Injectable()
export class OpenedBankDetails {
  constructor(private readonly seal: FieldSeal) {}

  /** Opens many at once. The caller audits it, which is the look. */
  async many(tx: Transaction, instrumentIds: readonly string[]): Promise<Map<string, BankDetails>> {
    return this.open(await this.sealed(tx, instrumentIds));
  }

  /** Reads many still sealed, so that a bank file can fetch some while others are opened. */
  sealed(tx: Transaction, instrumentIds: readonly string[]): Promise<{ id: string; sealed: Buffer }[]> {
    if (instrumentIds.length === 0) return Promise.resolve([]);
    return tx.query(`select id, sealed from families.instrument where id = any ($1::bigint[])`, [instrumentIds]);
  }

  /** Opens what was read, each in its own row's name. */
  open(rows: readonly { id: string; sealed: Buffer }[]): Map<string, BankDetails> {
    return new Map(rows.map((row) => [row.id, openBankDetails(this.seal, row.id, row.sealed)]));
  }
}

/** Says which of these details are no account: a card or vouchers. Nearly always none. */
export async function kindsBesideAccounts(
  tx: Transaction,
  instrumentIds: readonly (string | null)[],
): Promise<Map<string, Extract<InstrumentKind, 'prepaid-card' | 'voucher'>>> {
  const rows = await tx.query<{ id: string; kind: 'prepaid-card' | 'voucher' }>(
    `select id, kind from families.instrument where kind in ('prepaid-card', 'voucher') and id = any ($1::bigint[])`,
    [instrumentIds.filter((id) => id !== null)],
  );
  return new Map(rows.map((row) => [row.id, row.kind]));
}

/** Finds details that wait for a second person, of a family. */
export function proposalWaiting(tx: Transaction, familyId: string): Promise<{ id: string } | undefined> {
  return tx.maybe(`select id from families.instrument where family_id = $1 and state = 'proposed'`, [familyId]);
}
