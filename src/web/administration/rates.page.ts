import { Controller } from '@nestjs/common';
import { namesOf } from '../../identity/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import {
  DecideRates,
  listRates,
  ProposeRates,
  ratesEffect,
  readRateProposal,
  refusedRateProposals,
  waitingRateProposals,
} from '../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { administrationUrls } from './administration.urls.ts';
import { answer, holds } from './answers.ts';
import { componentTerms } from './terms.ts';

/** Rate tables with every version there was, what waits for a second person, and deciding it. */
@Controller()
export class RatesPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decide: DecideRates,
  ) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.rates, title: 'Rates', allowed: ProposeRates.seen, audit: null },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const [rates, waiting, refused] = [
        ...[await listRates(tx), await waitingRateProposals(tx), await refusedRateProposals(tx)],
      ] as const;
      const proposals = [...waiting, ...refused].flatMap((each) => [each.proposedBy, each.decidedBy]);
      const people = [...rates.flatMap((each) => [each.proposedBy, each.approvedBy]), ...proposals];
      return { rates, waiting, refused, names: Object.fromEntries(await namesOf(tx, people)) };
    });
    const tables = [...new Set(data.rates.map((rate) => rate.rateTable))];
    const mayPropose = holds(visit, ...ProposeRates.allowed.roles);
    return show('administration/rates.njk', { ...data, tables, componentTerms, mayPropose });
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.rateProposal, title: 'Proposed rates' },
    ...{ allowed: ProposeRates.seen, audit: null },
  })
  show(@Visiting() visit: Visit): Promise<View> {
    return this.#proposal(visit);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.rateProposal, title: 'Decide about rates' },
    ...{ allowed: DecideRates.allowed, audit: 'subsistence.rates-approved' },
  })
  takeAnswer(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = read(answer, visit.form);
        await this.decide.run(visit.actor, number(visit.params.id ?? ''), given, visit.idempotency);
        const told =
          given.outcome === 'approved' ? 'The rates are approved.' : 'The rates are refused. Nothing changes.';
        return goTo(administrationUrls.rates, told);
      },
      () => this.#proposal(visit),
    );
  }

  async #proposal(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const proposal = await readRateProposal(tx, number(visit.params.id ?? ''));
      const names = await namesOf(tx, [proposal.proposedBy, proposal.decidedBy]);
      return { proposal, effect: await ratesEffect(tx, proposal), names: Object.fromEntries(names) };
    });
    const isMine = data.proposal.proposedBy === visit.person.id;
    const mayDecide = !isMine && data.proposal.state === 'open' && holds(visit, ...DecideRates.allowed.roles);
    return show('administration/rate-proposal.njk', { ...data, isMine, mayDecide, componentTerms, values: visit.form });
  }
}
