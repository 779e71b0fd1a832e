import { createHash } from 'node:crypto';
import type { Calendars } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/index.ts';
import type { FieldSeal, UnitOfWork } from '../../platform/index.ts';
import { withCode } from '../access/make-links.ts';
import type { Letter } from '../letters/letter.ts';
import { letterPdf } from '../letters/letter-pdf.ts';
import type { KnownMessage, NotifyMessage, SendOutcome } from '../notify/notify-message.ts';
import type { AttemptRow } from '../store/attempt.store.ts';
import { keepLetterCopy } from '../store/letter-copy.store.ts';
import { gatewayOf } from './gateway-of.ts';
import type { SenderRow } from '../store/sender.store.ts';

/** What handing over needs. */
export interface HandingOver {
  readonly sender: SenderRow;
  readonly seal: FieldSeal;
  readonly unitOfWork: UnitOfWork;
  readonly actor: Actor;
  readonly calendars: Calendars;
  /** Milliseconds since 1970, when no call is begun any more: another sender may soon take what this one took. */
  readonly beginBy: number;
}

/** What came of one attempt. */
export interface HandedOver {
  readonly attempt: AttemptRow;
  readonly outcome: SendOutcome;
  /** When Notify took it in, where it was found there afterwards: a letter travels from then on. */
  readonly acceptedAt?: Date;
}

/**
 * Hands one message to GOV.UK Notify. One that was begun before is looked up first: it may have been taken in.
 *
 * A sender that was held up too long sends nothing: whoever takes the message next would not find it, and send it again.
 */
export async function handOver(context: HandingOver, attempt: AttemptRow): Promise<HandedOver> {
  const { sender, seal, actor } = context;
  const gateway = gatewayOf(seal, actor.authorityId, sender, attempt.isDiscreet);
  if (attempt.tries > 1) {
    const before = await gateway.findByReference(attempt.reference);
    if (before.kind === 'found') return { attempt, ...acceptedBefore(before.messages[0]) };
    if (before.kind !== 'not-found') return { attempt, outcome: before };
  }
  const message = await messageOf(context, attempt);
  if (Date.now() >= context.beginBy) return { attempt, outcome: { kind: 'unknown' } };
  return { attempt, outcome: await gateway.send(message) };
}

function acceptedBefore({ providerId, acceptedAt }: KnownMessage): Omit<HandedOver, 'attempt'> {
  return { outcome: { kind: 'accepted', providerId }, acceptedAt };
}

async function messageOf(context: HandingOver, attempt: AttemptRow): Promise<NotifyMessage> {
  const { reference, destination: to, subject } = attempt;
  const body = withCode(context.seal, context.actor.authorityId, attempt);
  switch (attempt.channel) {
    case 'sms':
      return { channel: 'sms', to, body, reference };
    case 'email':
      return { channel: 'email', to, subject: subject ?? '', body, reference };
    case 'letter': {
      const pdf = await letterPdf(attempt.letter as Letter);
      await keepCopy(context, attempt.id, pdf);
      return { channel: 'letter', pdf, postage: attempt.postage ?? 'second', reference };
    }
    case 'call':
    case 'visit':
    default:
      throw new Error(`a ${attempt.channel} is not sent`);
  }
}

/** Keeps our own copy before the letter leaves: Notify keeps it for a week. */
async function keepCopy({ unitOfWork, actor, seal }: HandingOver, attemptId: string, pdf: Buffer): Promise<void> {
  const sealed = seal.seal(pdf, `letter ${attemptId}`);
  const sha256 = createHash('sha256').update(pdf).digest();
  await unitOfWork.run({ name: 'notices.keep-letter', actor }, (tx) => keepLetterCopy(tx, attemptId, sha256, sealed));
}
