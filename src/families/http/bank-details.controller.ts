import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, Route, words } from '../../platform/index.ts';
import { DecideBankDetails } from '../actions/decide-bank-details.action.ts';
import { OpenBankDetails, type OpeningPurpose, openingPurposes } from '../actions/open-bank-details.action.ts';
import { ProposeBankDetails } from '../actions/propose-bank-details.action.ts';
import type { BankDetails, ProposedAccount } from '../domain/bank-details.ts';
import { ProposePayee } from '../actions/propose-payee.action.ts';
import { proposedAccount } from './proposed-account.ts';

const payee = z.object({
  ...{ sortCode: z.string(), accountNumber: z.string(), accountName: words(100), payeeName: words(100) },
});
const decision = z.object({ outcome: z.enum(['approve', 'refuse']) });
const opening = z.object({
  purpose: z.enum(Object.keys(openingPurposes) as [OpeningPurpose, ...OpeningPurpose[]]),
  reason: words(300),
});

/** Bank details over HTTP. */
@Controller()
export class BankDetailsController {
  constructor(
    private readonly propose: ProposeBankDetails,
    private readonly decide: DecideBankDetails,
    private readonly proposePayee: ProposePayee,
    private readonly open: OpenBankDetails,
  ) {}

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/families/:id/bank-details',
      summary: 'Propose where the money goes: an account, a card or vouchers',
      status: 201,
    },
    ...{ allowed: ProposeBankDetails.allowed, body: proposedAccount },
  })
  proposeDetails(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ bankDetailsId: string }> {
    return this.propose.run(asked.actor, number(id), asked.body as ProposedAccount);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/families/:id/payees',
      summary: 'Propose a payee other than the family',
      status: 201,
    },
    ...{ allowed: ProposePayee.allowed, body: payee, movesMoney: true },
  })
  proposeOther(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ payeeId: string }> {
    return this.proposePayee.run(asked.actor, number(id), asked.body as z.output<typeof payee>, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/bank-details/:id/decision', summary: 'Approve or refuse bank details' },
    ...{ allowed: DecideBankDetails.allowed, body: decision },
  })
  decideDetails(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ usableFrom: string | null }> {
    return this.decide.run(asked.actor, number(id), (asked.body as z.output<typeof decision>).outcome);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/bank-details/:id/opening', summary: 'Open an account number, saying what for' },
    ...{ allowed: OpenBankDetails.allowed, body: opening },
  })
  openDetails(@AskedBy() asked: Asked, @Param('id') id: string): Promise<BankDetails & { familyId: string }> {
    return this.open.run(asked.actor, number(id), asked.body as z.output<typeof opening>);
  }
}
