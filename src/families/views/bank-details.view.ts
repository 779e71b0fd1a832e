import { Injectable } from '@nestjs/common';
import { FieldSeal, type Transaction } from '../../platform/index.ts';
import { type BankDetails, openBankDetails } from '../domain/bank-details.ts';

/** Opens sealed bank details, for a bank file or for a person whose look is then on record. */
@Injectable()
export class OpenedBankDetails {
  constructor(private readonly seal: FieldSeal) {}

  /** Opens many at once, for a bank file. The caller audits the file, which is the look. */
  async many(tx: Transaction, instrumentIds: readonly string[]): Promise<Map<string, BankDetails>> {
    const rows = await tx.query<{ id: string; sealed: Buffer }>(
      `select id, sealed from families.instrument where id = any ($1::bigint[])`,
      [instrumentIds],
    );
    return new Map(rows.map((row) => [row.id, openBankDetails(this.seal, row.id, row.sealed)]));
  }
}
