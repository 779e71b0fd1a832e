import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import {
  type Asked,
  AskedBy,
  day,
  number,
  pageQuery,
  paragraphs,
  Route,
  UnitOfWork,
  words,
} from '../../platform/index.ts';
import { ReferFamily } from '../actions/refer-family.action.ts';
import { seeGrants } from '../actions/see-grants.ts';
import { TakeUp, type WhoseReferral } from '../actions/take-up.action.ts';
import { consentWays } from '../store/referral.store.ts';
import {
  type AskedFor,
  askedFor,
  type OwnReferral,
  ownReferral,
  ownReferrals,
  type ReferralDetail,
  referralDetail,
} from '../views/referrals.view.ts';
import { id } from './inputs.ts';

const MOST = 200;
const referring = z
  .object({
    ...{ leadName: words(100), born: day.nullable().default(null), postcode: z.string().trim().max(10).default('') },
    ...{ children: z.string().trim().max(500).default(''), reach: words(300), need: paragraphs(2000) },
    ...{ codes: z.array(words(40)).min(1, 'Say what is needed.').max(30), analysis: paragraphs(4000) },
    ...{ consentBy: words(100), consentHow: z.enum(consentWays), consentOn: day, hearsOutcome: z.boolean() },
  })
  .strict();
const takingUp = z.object({
  fundCode: words(40),
  whose: z.union([
    z.object({ familyId: id }).strict(),
    z.object({ reference: words(35) }).strict(),
    z.object({ newReference: words(35) }).strict(),
  ]),
});
const requested = z.object({ fundCode: words(40) });
const saying = z.object({ reason: words(500) });
const answering = z.object({ note: words(500) });

/** Referrals by partner agencies, and what families ask for, over HTTP. A partner sees their own agency's alone. */
@Controller()
export class ReferralsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly refer: ReferFamily,
    private readonly takeUp: TakeUp,
  ) {}

  @Route({
    ...{ method: 'POST', path: '/api/v1/own-referrals', summary: 'Refer a family, with its consent', status: 201 },
    ...{ allowed: ReferFamily.allowed, body: referring },
  })
  add(@AskedBy() asked: Asked): Promise<{ referralId: string }> {
    return this.refer.run(asked.actor, asked.body as z.output<typeof referring>, asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/own-referrals', summary: 'What your agency referred, and how far it is' },
    ...{ allowed: ReferFamily.allowed, query: pageQuery },
  })
  async own(@AskedBy() asked: Asked): Promise<{ referrals: OwnReferral[]; next: string | null }> {
    const { after, limit } = asked.query as z.output<typeof pageQuery>;
    const place = { before: after === '0' ? undefined : after, limit };
    const referrals = await this.unitOfWork.read(asked.actor, (tx) => ownReferrals(tx, place));
    return { referrals, next: referrals.length === limit ? (referrals.at(-1)?.id ?? null) : null };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/own-referrals/:id', summary: 'One of your agency’s referrals' },
    allowed: ReferFamily.allowed,
  })
  ownOne(@AskedBy() asked: Asked, @Param('id') referralId: string): Promise<OwnReferral> {
    const look = { name: 'grants.see-own-referral', actor: asked.actor };
    return this.unitOfWork.run(look, async (tx) => (await ownReferral(tx, number(referralId))).own);
  }

  @Route({ method: 'GET', path: '/api/v1/asked-for', summary: 'What waits to be taken up', allowed: seeGrants })
  waiting(@AskedBy() asked: Asked): Promise<AskedFor> {
    return this.unitOfWork.run({ name: 'grants.see-asked-for', actor: asked.actor }, (tx) => {
      tx.audit({ action: 'grants.asked-for-seen', subjectKind: 'referral', subjectId: '' });
      return askedFor(tx, MOST);
    });
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/referrals/:id', summary: 'A referral, and families it may be about' },
    allowed: seeGrants,
  })
  show(@AskedBy() asked: Asked, @Param('id') referralId: string): Promise<ReferralDetail> {
    const look = { name: 'grants.see-referral', actor: asked.actor };
    return this.unitOfWork.run(look, (tx) => referralDetail(tx, number(referralId)));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/referrals/:id/take-up', summary: 'Begin the application of a referral' },
    ...{ allowed: TakeUp.allowed, body: takingUp },
  })
  take(@AskedBy() asked: Asked, @Param('id') referralId: string): Promise<{ applicationId: string; familyId: string }> {
    const { fundCode, whose } = asked.body as { fundCode: string; whose: WhoseReferral };
    const options = { idempotency: asked.idempotency };
    return this.takeUp.referral(asked.actor, number(referralId), { fundCode, whose }, options);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/referrals/:id/close', summary: 'Close a referral without an application' },
    ...{ allowed: TakeUp.allowed, body: saying },
  })
  close(@AskedBy() asked: Asked, @Param('id') referralId: string): Promise<{ state: string }> {
    const { reason } = asked.body as z.output<typeof saying>;
    return this.takeUp.closeReferral(asked.actor, number(referralId), reason);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/family-requests/:id/take-up', summary: 'Begin what a family asked for' },
    ...{ allowed: TakeUp.allowed, body: requested },
  })
  takeRequest(@AskedBy() asked: Asked, @Param('id') requestId: string): Promise<{ applicationId: string }> {
    const { fundCode } = asked.body as z.output<typeof requested>;
    return this.takeUp.request(asked.actor, number(requestId), fundCode, { idempotency: asked.idempotency });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/family-requests/:id/answer', summary: 'Answer a family’s request in words' },
    ...{ allowed: TakeUp.allowed, body: answering },
  })
  answerRequest(@AskedBy() asked: Asked, @Param('id') requestId: string): Promise<{ state: string }> {
    const { note } = asked.body as z.output<typeof answering>;
    return this.takeUp.answerRequest(asked.actor, number(requestId), note);
  }
}
