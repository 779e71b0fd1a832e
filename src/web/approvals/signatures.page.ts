import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { AgreeSignatures, listPolicies, policyById, seeApprovalRules, signerRoles } from '../../approvals/index.ts';
import { limitKinds, namesOf } from '../../identity/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { answer, dayNeeded, holds, pounds, reason } from '../administration/answers.ts';
import { limitTerms } from '../administration/terms.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { approvalUrls } from './approvals.urls.ts';

const MOST = 5;
const signer = z.enum(signerRoles);
const answers = z
  .object({
    ...{
      kind: z.enum(limitKinds, 'Choose what it is about.'),
      fromAmount: pounds,
      reason,
      signer1: z.enum(signerRoles, 'Choose who signs first.'),
    },
    ...{
      signer2: signer.optional(),
      signer3: signer.optional(),
      signer4: signer.optional(),
      signer5: signer.optional(),
    },
  })
  .transform(({ signer1, signer2, signer3, signer4, signer5, ...terms }) => ({
    ...terms,
    signers: [signer1, signer2, signer3, signer4, signer5].filter((each) => each !== undefined),
  }));

/** How many people sign what: agreed by two people, frozen with each request as it is submitted. */
@Controller()
export class SignaturesPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agree: AgreeSignatures,
  ) {}

  @Page({
    ...{ method: 'GET', path: approvalUrls.signatures, title: 'How many people sign' },
    ...{ allowed: seeApprovalRules, audit: null },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const policies = await listPolicies(tx);
      const people = policies.flatMap((each) => [each.proposedBy, each.decidedBy]);
      return { policies, names: Object.fromEntries(await namesOf(tx, people)) };
    });
    return show('approvals/signatures.njk', { ...data, limitTerms, mayPropose: holds(visit, 'administrator') });
  }

  @Page({
    ...{ method: 'GET', path: approvalUrls.newSignatures, title: 'Propose how many people sign' },
    ...{ allowed: AgreeSignatures.mayPropose, audit: null },
  })
  ask(): View {
    return this.#form({});
  }

  @Page({
    ...{ method: 'POST', path: approvalUrls.newSignatures, title: 'Propose how many people sign' },
    ...{ allowed: AgreeSignatures.mayPropose, audit: 'approvals.signatures-proposed' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const policy = { ...read(answers, visit.form), effectiveFrom: dayNeeded(visit.form, 'effectiveFrom') };
        await this.agree.propose(visit.actor, policy, visit.idempotency);
        return goTo(approvalUrls.signatures, 'It is proposed. Another administrator, or finance, confirms it.');
      },
      () => this.#form(visit.form),
    );
  }

  @Page({
    ...{ method: 'GET', path: approvalUrls.signature, title: 'How many people are to sign' },
    ...{ allowed: seeApprovalRules, audit: null },
  })
  show(@Visiting() visit: Visit): Promise<View> {
    return this.#proposal(visit);
  }

  @Page({
    ...{ method: 'POST', path: approvalUrls.signature, title: 'Decide how many people sign' },
    ...{ allowed: AgreeSignatures.mayDecide, audit: 'approvals.signatures-agreed' },
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = read(answer, visit.form);
        const { state } = await this.agree.decide(visit.actor, number(visit.params.id ?? ''), given, visit.idempotency);
        return goTo(approvalUrls.signatures, state === 'approved' ? 'It is agreed.' : 'It is refused.');
      },
      () => this.#proposal(visit),
    );
  }

  #form(values: object): View {
    return show('approvals/new-signatures.njk', { values, signerRoles, limitTerms, most: MOST });
  }

  async #proposal(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const policy = await policyById(tx, number(visit.params.id ?? ''));
      return { policy, proposer: (await namesOf(tx, [policy.proposedBy])).get(policy.proposedBy) };
    });
    const isMine = data.policy.proposedBy === visit.person.id;
    const mayDecide = !isMine && holds(visit, ...AgreeSignatures.mayDecide.roles) && data.policy.state === 'open';
    return show('approvals/signature.njk', { ...data, limitTerms, isMine, mayDecide, values: visit.form });
  }
}
