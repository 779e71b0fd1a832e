import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Answer, answering } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { type Asked, AskedBy, day, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { DecideRates } from '../actions/decide-rates.action.ts';
import { ProposeRates } from '../actions/propose-rates.action.ts';
import { rateComponents } from '../domain/entitlement/facts.ts';
import { type RateProposal, readRateProposal, waitingRateProposals } from '../store/rate-proposal.store.ts';
import { listRates, type RateRow, type RatesEffect, ratesEffect } from '../views/rates.view.ts';

const pounds = z.string().regex(/^(0|[1-9]\d{0,5})(\.\d{1,2})?$/, 'Write pounds and pence, such as 49.18.');
const proposing = z.object({
  rateTable: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  effectiveFrom: day,
  amounts: z
    .partialRecord(z.enum(rateComponents), pounds)
    .refine((given) => Object.keys(given).length > 0, 'Give one.'),
  reason: words(500),
  acceptsBackDating: z.boolean().default(false),
});

/** Rates over HTTP. */
@Controller()
export class RatesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposeRates,
    private readonly decide: DecideRates,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/rates', summary: 'Every version of every rate, and what waits' },
    allowed: ProposeRates.seen,
  })
  list(@AskedBy() asked: Asked): Promise<{ rates: RateRow[]; waiting: RateProposal[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      ...{ rates: await listRates(tx), waiting: await waitingRateProposals(tx) },
    }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/rates/proposals', summary: 'Propose new rates', status: 201 },
    ...{ allowed: ProposeRates.allowed, body: proposing },
  })
  proposeRates(@AskedBy() asked: Asked): Promise<{ proposalId: string }> {
    return this.propose.run(asked.actor, asked.body as z.output<typeof proposing>, asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/rates/proposals/:id', summary: 'Proposed rates and what they would do' },
    allowed: ProposeRates.seen,
  })
  proposal(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ proposal: RateProposal; effect: RatesEffect }> {
    return this.unitOfWork.read(asked.actor, async (tx) => {
      const proposal = await readRateProposal(tx, number(id));
      return { proposal, effect: await ratesEffect(tx, proposal) };
    });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/rates/proposals/:id/decision', summary: 'Approve or refuse proposed rates' },
    ...{ allowed: DecideRates.allowed, body: answering },
  })
  decideRates(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
  ): Promise<{ outcome: Answer['outcome']; effectiveFrom: PlainDate }> {
    return this.decide.run(asked.actor, number(id), asked.body as z.output<typeof answering>, asked.idempotency);
  }
}
