import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { ProposeMoney } from '../actions/propose-money.action.ts';
import { seeFunds } from '../actions/see-funds.ts';
import { type SettledMoney, SettleMoney } from '../actions/settle-money.action.ts';
import { listProposals, type ProposalRow, readProposal } from '../store/proposal.store.ts';
import { fundByCode } from '../views/funds.view.ts';
import { proposedBudget } from './inputs.ts';

const proposedMove = proposedBudget.extend({ fromFundCode: z.string().min(1) });
const declining = z.object({ reason: words(500) });
const listQuery = z.object({
  state: z.enum(['proposed', 'approved', 'declined', 'withdrawn']).optional(),
  before: z
    .string()
    .regex(/^\d{1,18}$/, 'Use the "next" of the page before.')
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

/** Money proposed for funds over HTTP: put forward by one person, settled by another. */
@Controller()
export class FundProposalsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly proposeMoney: ProposeMoney,
    private readonly settleMoney: SettleMoney,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/fund-proposals', summary: 'Money proposed for funds, newest first' },
    ...{ allowed: seeFunds, query: listQuery },
  })
  async list(@AskedBy() asked: Asked): Promise<{ proposals: ProposalRow[]; next: string | null }> {
    const { state, before, limit } = asked.query as z.output<typeof listQuery>;
    const proposals = await this.unitOfWork.read(asked.actor, (tx) => listProposals(tx, { state }, before, limit));
    return { proposals, next: proposals.length === limit ? (proposals.at(-1)?.id ?? null) : null };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/fund-proposals/:id', summary: 'One proposal' },
    allowed: seeFunds,
  })
  show(@AskedBy() asked: Asked, @Param('id') id: string): Promise<ProposalRow> {
    return this.unitOfWork.read(asked.actor, (tx) => readProposal(tx, number(id)));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/budgets', summary: 'Propose budget for a fund', status: 201 },
    ...{ allowed: ProposeMoney.allowed, body: proposedBudget, movesMoney: true },
  })
  async budget(@AskedBy() asked: Asked): Promise<{ proposalId: string }> {
    const { fundCode, ...money } = asked.body as z.output<typeof proposedBudget>;
    const fundId = await this.#fundOf(asked, fundCode);
    return this.proposeMoney.budget(asked.actor, { ...money, fundId }, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/moves', summary: 'Propose to move money between funds', status: 201 },
    ...{ allowed: ProposeMoney.allowed, body: proposedMove, movesMoney: true },
  })
  async move(@AskedBy() asked: Asked): Promise<{ proposalId: string }> {
    const { fundCode, fromFundCode, ...money } = asked.body as z.output<typeof proposedMove>;
    const [from, fundId] = [await this.#fundOf(asked, fromFundCode), await this.#fundOf(asked, fundCode)];
    return this.proposeMoney.move(asked.actor, from, { ...money, fundId }, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/fund-proposals/:id/approve', summary: 'Approve, as the second person' },
    ...{ allowed: SettleMoney.allowed, movesMoney: true },
  })
  approve(@AskedBy() asked: Asked, @Param('id') id: string): Promise<SettledMoney> {
    return this.settleMoney.approve(asked.actor, number(id), asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/fund-proposals/:id/decline', summary: 'Decline with a reason' },
    ...{ allowed: SettleMoney.allowed, body: declining },
  })
  decline(@AskedBy() asked: Asked, @Param('id') id: string): Promise<SettledMoney> {
    const { reason } = asked.body as z.output<typeof declining>;
    return this.settleMoney.decline(asked.actor, number(id), reason, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/fund-proposals/:id/withdraw', summary: 'Take your own proposal back' },
    allowed: SettleMoney.allowed,
  })
  withdraw(@AskedBy() asked: Asked, @Param('id') id: string): Promise<SettledMoney> {
    return this.settleMoney.withdraw(asked.actor, number(id), asked.idempotency);
  }

  async #fundOf(asked: Asked, code: string): Promise<string> {
    return (await this.unitOfWork.read(asked.actor, (tx) => fundByCode(tx, code))).id;
  }
}
