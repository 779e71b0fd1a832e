import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { listProposals, type ProposalState, readProposal, seeFunds, SettleMoney } from '../../funds/index.ts';
import { namesOf } from '../../identity/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import {
  attempt,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
  writtenMoney,
} from '../pages/index.ts';
import { effectsOf } from './effect.ts';
import { moneyUrls, proposalUrl } from './money.urls.ts';
import { fundNames } from './wording.ts';

const ON_A_PAGE = 50;
const STATES = ['proposed', 'approved', 'declined', 'withdrawn'] as const;
const declining = z.object({ reason: words(500) });

/** Money proposed for funds: the list, and one proposal with the decision of a second person. */
@Controller()
export class ProposalPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settle: SettleMoney,
  ) {}

  @Page({
    ...{ method: 'GET', path: moneyUrls.proposals, title: 'Proposals for funds', allowed: seeFunds },
    audit: null,
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const { after = '' } = visit.query;
    const state = STATES.find((each) => each === visit.query.state);
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const found = await listProposals(tx, { state }, before(after), ON_A_PAGE + 1);
      const people = await namesOf(
        tx,
        found.map(({ proposedBy }) => proposedBy),
      );
      return { found, people: Object.fromEntries(people), names: Object.fromEntries(await fundNames(tx)) };
    });
    const { found, ...rest } = data;
    const proposals = found.slice(0, ON_A_PAGE);
    const next = found.length > ON_A_PAGE ? nextOf(state, proposals.at(-1)?.id ?? '') : undefined;
    return show('money/proposals.njk', { ...rest, proposals, next, state, states: STATES });
  }

  @Page({ ...{ method: 'GET', path: moneyUrls.proposal, title: 'A proposal', allowed: seeFunds }, audit: null })
  proposal(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: moneyUrls.approve, title: 'Approve a proposal' },
    ...{ allowed: SettleMoney.allowed, audit: 'funds.budget-approved' },
  })
  approve(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#settled(visit, (id) => this.settle.approve(visit.actor, id, visit.idempotency), 'is in the ledger');
  }

  @Page({
    ...{ method: 'POST', path: moneyUrls.decline, title: 'Decline a proposal' },
    ...{ allowed: SettleMoney.allowed, audit: 'funds.budget-declined' },
  })
  decline(@Visiting() visit: Visit): Promise<PageAnswer> {
    const decline = (id: string) =>
      this.settle.decline(visit.actor, id, read(declining, visit.form).reason, visit.idempotency);
    return this.#settled(visit, decline, 'was declined: no money was moved');
  }

  @Page({
    ...{ method: 'POST', path: moneyUrls.withdraw, title: 'Take a proposal back' },
    ...{ allowed: SettleMoney.allowed, audit: 'funds.budget-withdrawn' },
  })
  withdraw(@Visiting() visit: Visit): Promise<PageAnswer> {
    const withdraw = (id: string) => this.settle.withdraw(visit.actor, id, visit.idempotency);
    return this.#settled(visit, withdraw, 'was taken back: no money was moved');
  }

  #settled(visit: Visit, settle: (id: string) => Promise<unknown>, told: string): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        await settle(id);
        const { amount } = await this.unitOfWork.read(visit.actor, (tx) => readProposal(tx, id));
        return goTo(proposalUrl(id), `${writtenMoney(amount)} ${told}.`);
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const proposal = await readProposal(tx, number(visit.params.id ?? ''));
      const people = Object.fromEntries(await namesOf(tx, [proposal.proposedBy, proposal.decidedBy]));
      return {
        proposal,
        people,
        effects: await effectsOf(tx, proposal),
        names: Object.fromEntries(await fundNames(tx)),
      };
    });
    const waits = data.proposal.state === 'proposed';
    const mayAct = waits && visit.person.roles.some((role) => SettleMoney.allowed.roles.includes(role));
    const isMine = data.proposal.proposedBy === visit.person.id;
    const may = { mayDecide: mayAct && !isMine, mayWithdraw: mayAct && isMine };
    return show('money/proposal.njk', { ...data, ...may, waits, values: visit.form });
  }
}

function before(after: string): string | undefined {
  return /^\d{1,18}$/.test(after) ? after : undefined;
}

function nextOf(state: ProposalState | undefined, after: string): string {
  return `${moneyUrls.proposals}?${new URLSearchParams({ ...(state ? { state } : {}), after }).toString()}`;
}
