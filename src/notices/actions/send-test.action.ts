import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { type Command, FieldSeal, UnitOfWork } from '../../platform/index.ts';
import { notifyNotSetUp, testNotSent } from '../notice-problems.ts';
import { gatewayOf } from '../sending/gateway-of.ts';
import { senderOf } from '../store/sender.store.ts';

const WORDS = 'This is a test. Messages from this service reach you. You need not do anything.';

/** Sends a test message to the administrator who asks, so that they see the service is set up. */
@Injectable()
export class SendTest {
  static readonly allowed: Allowed = { roles: ['administrator'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
  ) {}

  /** @param to the person's own number or address @throws notify_not_set_up, test_not_sent */
  async run(
    actor: Actor,
    channel: 'sms' | 'email',
    to: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ accepted: true }> {
    mustBeAllowed(actor, SendTest.allowed);
    const sender = await this.unitOfWork.read(actor, senderOf);
    if (!sender) throw notifyNotSetUp('Nothing can be sent yet.');
    const gateway = gatewayOf(this.seal, actor.authorityId, sender);
    // Recorded first: whatever becomes of it, that somebody asked is on record.
    await this.unitOfWork.run({ name: 'notices.send-test', actor, idempotency }, async (tx) => {
      tx.audit({
        ...{ action: 'notices.test-sent', subjectKind: 'council', subjectId: actor.authorityId, detail: { channel } },
      });
      await Promise.resolve();
    });
    const reference = randomUUID();
    const outcome = await gateway.send(
      channel === 'sms'
        ? { channel, to, body: WORDS, reference }
        : { channel, to, subject: 'A test', body: WORDS, reference },
    );
    if (outcome.kind === 'accepted') return { accepted: true };
    const said = 'message' in outcome ? outcome.message : 'GOV.UK Notify did not answer in time.';
    throw testNotSent(`GOV.UK Notify: ${said}`, [{ field: 'to', reason: said }]);
  }
}
