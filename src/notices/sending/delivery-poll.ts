import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { clockOf } from '../../kernel/index.ts';
import { Relay } from '../../outbox/index.ts';
import { FieldSeal, LOGGER, type Logger, UnitOfWork } from '../../platform/index.ts';
import { hear } from '../actions/hear.ts';
import { takeToAskAfter } from '../store/attempt.store.ts';
import { senderOf } from '../store/sender.store.ts';
import { gatewayOf } from './gateway-of.ts';

const AT_ONCE = 20;

/**
 * Asks GOV.UK Notify what became of what it took in: of letters it tells nothing by itself, and what it tells of messages
 * can get lost. A letter at most once an hour, a message every three.
 */
@Injectable()
export class DeliveryPoll implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
    private readonly relay: Relay,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** The tick does not wait for Notify. */
  onModuleInit(): void {
    this.relay.onTick(async (authorityId) => {
      this.ask(authorityId).catch((error: Error) => {
        this.log.warn({ event: 'notices.poll-failed', authorityId, reason: error.message });
      });
      await Promise.resolve();
    });
  }

  /** @returns of how many there was news */
  async ask(authorityId: string): Promise<number> {
    const actor = clockOf(authorityId);
    const { sender, asked } = await this.unitOfWork.run({ name: 'notices.take-to-ask', actor }, async (tx) => {
      const found = await senderOf(tx);
      return { sender: found, asked: found ? await takeToAskAfter(tx, AT_ONCE) : [] };
    });
    if (!sender || asked.length === 0) return 0;
    const gateway = gatewayOf(this.seal, authorityId, sender);
    const answers = await Promise.all(
      asked.map(async (attempt) => ({ attempt, answer: await gateway.statusOf(attempt.providerId) })),
    );
    const news = answers.flatMap(({ attempt, answer }) => {
      const message = answer.kind === 'found' ? answer.messages[0] : undefined;
      return message && message.status !== (attempt.providerStatus ?? 'accepted') ? [{ attempt, message }] : [];
    });
    await this.unitOfWork.run({ name: 'notices.hear', actor }, async (tx) => {
      for (const { attempt, message } of news) {
        const { providerId, reference } = attempt;
        const { status, completedAt } = message;
        await hear(tx, { how: 'poll', providerId, reference, status, completedAt });
      }
    });
    return news.length;
  }
}
