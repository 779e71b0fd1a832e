import { Injectable } from '@nestjs/common';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { familyActor } from '../access/family-actor.ts';
import { type FamilyGuest, guestOf } from '../access/family-guest.ts';
import type { Language } from '../domain/languages.ts';
import {
  councilOfSecret,
  endFamilySession,
  keepSessionLanguage,
  keepSessionSafe,
  touchFamilySession,
} from '../store/family-session.store.ts';

/** Lets a family look at its own page while its session lasts: 15 minutes since the last look, an hour in all. */
@Injectable()
export class LookAtFamilyPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Finds whose page it is and records the look. @param what the page, for the record; null for a form @returns nothing when the session is over */
  find(secret: string, what: string | null): Promise<FamilyGuest | undefined> {
    return this.#inCouncilOf(secret, 'notices.look-at-family-page', async (tx) => {
      const session = await touchFamilySession(tx, secret);
      if (!session) return undefined;
      const { familyId: subjectId } = session;
      if (what !== null)
        tx.audit({ action: 'notices.family-looked', subjectKind: 'family', subjectId, detail: { page: what } });
      return guestOf(tx, session);
    });
  }

  /** Keeps the language a family chose for this visit. Only languages it was offered can be chosen. */
  async chooseLanguage(guest: FamilyGuest, language: Language): Promise<void> {
    if (!guest.languages.includes(language)) return;
    await this.unitOfWork.run({ name: 'notices.choose-language', actor: guest.actor }, (tx) =>
      keepSessionLanguage(tx, guest.sessionId, language),
    );
  }

  /** Keeps that the family said it is safe to go on. */
  async isSafe(guest: FamilyGuest): Promise<void> {
    await this.unitOfWork.run({ name: 'notices.say-safe', actor: guest.actor }, (tx) =>
      keepSessionSafe(tx, guest.sessionId),
    );
  }

  /** Ends a session, whoever asks with its secret. Nothing happens when it was over. */
  async leave(secret: string): Promise<void> {
    await this.#inCouncilOf(secret, 'notices.leave-family-page', async (tx) => {
      const subjectId = await endFamilySession(tx, secret);
      if (subjectId) tx.audit({ action: 'notices.family-left', subjectKind: 'family', subjectId });
    });
  }

  async #inCouncilOf<T>(secret: string, name: string, work: (tx: Transaction) => Promise<T>): Promise<T | undefined> {
    const authorityId = councilOfSecret(secret);
    return authorityId === undefined ? undefined : this.unitOfWork.run({ name, actor: familyActor(authorityId) }, work);
  }
}
