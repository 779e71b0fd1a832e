import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed } from '../../kernel/index.ts';
import { openFundAccounts } from '../../ledger/index.ts';
import { UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';

/** A fund to be set up, and what it may pay. */
export interface NewFund {
  readonly code: string;
  readonly name: string;
  readonly pays: readonly ('section-17' | 'grant')[];
  readonly isSection17Default?: boolean;
}

/** Tells an administrator that the code, or the place of usual section 17 fund, is taken. */
export const fundExists = defineProblem('fund_exists', {
  status: 409,
  title: 'There is already such a fund',
  whatToDo: 'Choose another code; only one fund can be the usual one for section 17.',
});
whenConstraintBreaks('uq_fund_code', () => fundExists('The code is taken.'));
whenConstraintBreaks('uq_fund_one_section_17_default', () =>
  fundExists('Another fund is the usual one for section 17.'),
);

/** Adds a fund with its accounts, for an administrator. */
@Injectable()
export class AddFund {
  static readonly allowed: Allowed = { roles: ['administrator'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the fund's id @throws fund_exists */
  async run(actor: Actor, fund: NewFund): Promise<string> {
    mustBeAllowed(actor, AddFund.allowed);
    return this.unitOfWork.run({ name: 'funds.add-fund', actor }, async (tx) => {
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
