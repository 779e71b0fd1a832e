import { Body, Controller, Headers, Param } from '@nestjs/common';
import { Authorities } from '../../identity/index.ts';
import { clockOf } from '../../kernel/index.ts';
import { Route, UnitOfWork } from '../../platform/index.ts';
import { hear } from '../actions/hear.ts';
import { readCallback } from '../notify/callback.ts';
import { callbackNotUnderstood, callbackRefused } from '../notice-problems.ts';
import { bearsTokenOf } from '../notify/token-digest.ts';
import { senderOf } from '../store/sender.store.ts';

/**
 * Takes in what GOV.UK Notify tells us by itself: written down first, then answered, then made something of.
 *
 * Notify repeats itself only after a 429, a 5xx or no answer: a fault of ours must never be answered with another 4xx.
 */
@Controller()
export class NotifyCallbackController {
  constructor(
    private readonly authorities: Authorities,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Route({
    ...{ method: 'POST', path: '/notify/:council/callback', summary: 'What GOV.UK Notify tells a council' },
    ...{ allowed: 'open', status: 200 },
  })
  async take(
    @Param('council') slug: string,
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
  ): Promise<{ heard: true }> {
    const council = (await this.authorities.all()).find((each) => each.slug === slug);
    const actor = council && clockOf(council.authorityId);
    const sender = actor && (await this.unitOfWork.read(actor, senderOf));
    if (!actor || !sender || !bearsTokenOf(authorization, sender.callbackTokenSha256))
      throw callbackRefused('The token is another one.');
    const said = readCallback(body);
    if (said.kind === 'problem') throw callbackNotUnderstood(said.reason);
    const { providerId, reference, status } = said;
    const completedAt = said.kind === 'receipt' ? said.completedAt : null;
    await this.unitOfWork.run({ name: 'notices.hear', actor }, (tx) =>
      hear(tx, { how: 'callback', providerId, reference, status, completedAt }),
    );
    return { heard: true };
  }
}
