import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { noSuchAccount } from '../ledger-problems.ts';
import { accountCodes } from '../views/journal-batches.view.ts';

/** What an account is called in the council's general ledger. */
export interface JournalCode {
  readonly accountId: string;
  readonly costCentre: string;
  readonly subjective: string;
}

/** Gives accounts their codes in the council's general ledger, for finance. What was exported before stays as it was. */
@Injectable()
export class SetJournalCodes {
  static readonly allowed: Allowed = { roles: ['finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns how many changed @throws no_account_for_codes */
  async run(
    actor: Actor,
    codes: readonly JournalCode[],
    idempotency?: Command['idempotency'],
  ): Promise<{ changed: number }> {
    mustBeAllowed(actor, SetJournalCodes.allowed);
    const setBy = personActing(actor);
    return this.unitOfWork.run({ name: 'ledger.set-journal-codes', actor, idempotency }, async (tx) => {
      const now = new Map((await accountCodes(tx)).map((each) => [each.accountId, each]));
      const changed = codes.filter((code) => {
        const account = now.get(code.accountId);
        if (!account) throw noSuchAccount(`No account of this council has the number ${code.accountId}.`);
        return account.costCentre !== code.costCentre || account.subjective !== code.subjective;
      });
      for (const { accountId, costCentre, subjective } of changed) {
        await tx.query(
          `insert into ledger.journal_code (authority_id, account_id, cost_centre, subjective, set_by) values ($1, $2, $3, $4, $5)`,
          [actor.authorityId, accountId, costCentre, subjective, setBy],
        );
        const detail = { costCentre, subjective };
        tx.audit({ action: 'ledger.journal-code-set', subjectKind: 'account', subjectId: accountId, detail });
      }
      return { changed: changed.length };
    });
  }
}
