import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { openFundAccounts } from '../../ledger/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';

/** A fund to be set up, and what it may pay. */
export interface NewFund {
  readonly code: string;
  readonly name: string;
  readonly pays: readonly ('section-17' | 'grant')[];
  readonly isSection17Default?: boolean;
}

/** Adds a fund with its accounts, for an administrator. */
@Injectable()
export class AddFund {
  static readonly allowed: Allowed = { roles: ['administrator'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the fund's id @throws fund_exists */
  async run(actor: Actor, fund: NewFund, idempotency?: Command['idempotency']): Promise<string> {
    mustBeAllowed(actor, AddFund.allowed);
    return this.unitOfWork.run({ name: 'funds.add-fund', actor, idempotency }, async (tx) => {
      const { id } = await tx.one<{ id: string }>(
        `insert into funds.fund (authority_id, code, name, pays, is_section_17_default) values ($1, $2, $3, $4, $5) returning id`,
        [actor.authorityId, fund.code, fund.name, fund.pays, fund.isSection17Default ?? false],
      );
      await openFundAccounts(tx, id, fund.code);
      tx.audit({ action: 'funds.fund-added', subjectKind: 'fund', subjectId: id, detail: { code: fund.code } });
      return id;
    });
  }
}
