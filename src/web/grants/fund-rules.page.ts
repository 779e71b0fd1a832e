import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  AgreeFundRules,
  fundById,
  readFundRules,
  readRulesProposal,
  rulesWaiting,
  seeFunds,
} from '../../funds/index.ts';
import { categories } from '../../grants/index.ts';
import { listTeams, namesOf } from '../../identity/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { answer } from '../administration/answers.ts';
import { amountField } from '../money/fields.ts';
import {
  attempt,
  type FormValue,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
} from '../pages/index.ts';
import { may } from '../runs/stage.ts';
import { grantUrls } from './grants.urls.ts';

const rules = z.object({
  programme: words(80).optional(),
  awardCap: amountField.optional(),
  familyCap: amountField.optional(),
  emergencyCap: amountField.optional(),
  coolingOffDays: z.coerce
    .number('Enter whole days.')
    .int('Enter whole days.')
    .min(0)
    .max(3660, 'At most ten years.')
    .default(0),
  reason: words(500),
});

/** What a fund may buy, up to how much, how often, and whose workers may ask for it: proposed by one, agreed by another. */
@Controller()
export class FundRulesPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agree: AgreeFundRules,
  ) {}

  @Page({
    ...{ method: 'GET', path: grantUrls.fundRules, title: 'The rules of a fund', allowed: seeFunds },
    ...{ audit: 'funds.fund-seen', subject: 'fund' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.fundRules, title: 'Propose the rules of a fund' },
    ...{ allowed: AgreeFundRules.allowed, audit: 'funds.rules-proposed' },
  })
  save(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        const said = read(rules, visit.form);
        const [buys, spentBy] = [ticked(visit.form.buys), ticked(visit.form.spentBy)];
        const {
          programme = null,
          awardCap = null,
          familyCap = null,
          emergencyCap = null,
          coolingOffDays,
          reason,
        } = said;
        const all = { programme, buys, awardCap, familyCap, emergencyCap, coolingOffDays, spentBy };
        const by = { seen: Number(visit.form.seen) || undefined, reason };
        await this.agree.propose(visit.actor, id, all, by, visit.idempotency);
        return goTo(
          `/funds/${id}/rules`,
          'The rules are proposed. Somebody else in finance, or an administrator, agrees.',
        );
      },
      () => this.#page(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.fundRulesProposal, title: 'Proposed rules of a fund', allowed: seeFunds },
    ...{ audit: 'funds.fund-seen', subject: 'fund' },
  })
  proposal(@Visiting() visit: Visit): Promise<View> {
    return this.#proposal(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.fundRulesProposal, title: 'Decide about the rules of a fund' },
    ...{ allowed: AgreeFundRules.allowed, audit: 'funds.rules-set' },
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = read(answer, visit.form);
        const id = number(visit.params.proposal ?? '');
        const { fundId } = await this.agree.decide(visit.actor, id, given, visit.idempotency);
        const done = given.outcome === 'approved' ? 'The rules hold for awards from now on.' : 'The rules are refused.';
        return goTo(`/funds/${fundId}/rules`, done);
      },
      () => this.#proposal(visit),
    );
  }

  async #proposal(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const proposal = await readRulesProposal(tx, number(visit.params.proposal ?? ''));
      const [fund, now] = [await fundById(tx, proposal.fundId), await readFundRules(tx, proposal.fundId)];
      const proposer = (await namesOf(tx, [proposal.proposedBy])).get(proposal.proposedBy);
      return { proposal, fund, now, proposer };
    });
    const isMine = data.proposal.proposedBy === visit.person.id;
    const mayDecide = !isMine && data.proposal.state === 'open' && may(visit, AgreeFundRules.allowed);
    return show('grants/fund-rules-proposal.njk', { ...data, categories, isMine, mayDecide, values: visit.form });
  }

  async #page(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      ...{ fund: await fundById(tx, id), rules: await readFundRules(tx, id), teams: await listTeams(tx) },
      waiting: await rulesWaiting(tx, id),
    }));
    const isTyped = visit.form.seen !== undefined;
    const values = isTyped ? visit.form : data.rules;
    return show('grants/fund-rules.njk', {
      ...{ ...data, categories, values, mayChange: may(visit, AgreeFundRules.allowed) },
      chosen: isTyped
        ? { buys: ticked(visit.form.buys) ?? [], spentBy: ticked(visit.form.spentBy) ?? [] }
        : { buys: data.rules.buys ?? [], spentBy: data.rules.spentBy ?? [] },
    });
  }
}

/** Reads boxes that share a name; none ticked is no rule. */
function ticked(value: FormValue | undefined): string[] | null {
  const boxes = Array.isArray(value) ? [...(value as readonly string[])] : value ? [String(value)] : [];
  return boxes.length > 0 ? boxes : null;
}
