import { Injectable } from '@nestjs/common';
import { type Actor, operatorOf } from '../kernel/index.ts';
import { UnitOfWork } from '../platform/index.ts';
import { noteSeen, type OpenSession, sessionOf } from './store/session.store.ts';

/** Finds who a session cookie belongs to. */
@Injectable()
export class Sessions {
  readonly #lastNoted = new Map<string, number>();

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Finds the session of a cookie, in force or not: a form sent after it ran out still says whose it was. */
  async find(secret: string): Promise<{ session: OpenSession; actor: Actor } | undefined> {
    const authorityId = /^mss_(\d{1,4})_[\w-]{32}$/.exec(secret)?.[1];
    if (authorityId === undefined) return undefined;
    const session = await this.unitOfWork.read(operatorOf(authorityId), (tx) => sessionOf(tx, secret));
    if (!session) return undefined;
    const actor: Actor = { authorityId, userId: session.userId, roles: session.roles, channel: 'page' };
    if (session.isInForce) await this.#noteSeen(actor, session.id);
    return { session, actor };
  }

  async #noteSeen(actor: Actor, sessionId: string): Promise<void> {
    const now = Date.now();
    if (now - (this.#lastNoted.get(sessionId) ?? 0) < 60_000) return;
    if (this.#lastNoted.size > 10_000) this.#lastNoted.clear();
    this.#lastNoted.set(sessionId, now);
    await this.unitOfWork.run({ name: 'identity.note-seen', actor }, (tx) => noteSeen(tx, sessionId));
  }
}
