import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { reasonNeeded } from '../../payments/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { type NewSignpost, signpostFaults } from '../domain/signpost.ts';
import { noSuchSignpost, signpostRefused } from '../grant-problems.ts';
import { checkSignpost, endSignpost, insertSignposts } from '../store/signpost.store.ts';

/** Keeps the list of who else helps families, for an administrator or manager. What a letter said stays as it was. */
@Injectable()
export class KeepSignposts {
  static readonly allowed: Allowed = { roles: ['administrator', 'manager'] };
  /** Who may say that one is still right: workers too, who ring them. */
  static readonly checkers: Allowed = { roles: ['administrator', 'manager', 'caseworker'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns its number @throws signpost_refused naming each place */
  async add(
    actor: Actor,
    signpost: NewSignpost,
    idempotency?: Command['idempotency'],
  ): Promise<{ signpostId: string }> {
    mustBeAllowed(actor, KeepSignposts.allowed);
    personActing(actor);
    const faults = signpostFaults(signpost);
    if (faults.length > 0) throw signpostRefused(faults.map((fault) => fault.reason).join(' '), faults);
    return this.unitOfWork.run({ name: 'grants.add-signpost', actor, idempotency }, async (tx) => {
      const [signpostId = ''] = await insertSignposts(tx, [signpost]);
      tx.audit({ action: 'grants.signpost-added', subjectKind: 'signpost', subjectId: signpostId });
      return { signpostId };
    });
  }

  /** Writes down that somebody looked one up today and that it is still right. @throws no_such_signpost */
  async check(actor: Actor, id: string): Promise<{ signpostId: string }> {
    mustBeAllowed(actor, KeepSignposts.checkers);
    personActing(actor);
    return this.unitOfWork.run({ name: 'grants.check-signpost', actor }, async (tx) => {
      if (!(await checkSignpost(tx, id))) throw noSuchSignpost('It is not on the list.');
      tx.audit({ action: 'grants.signpost-checked', subjectKind: 'signpost', subjectId: id });
      return { signpostId: id };
    });
  }

  /** Takes one off the list, saying why; it stays on record. @throws no_such_signpost, reason_needed */
  async end(actor: Actor, id: string, because: string): Promise<{ signpostId: string }> {
    mustBeAllowed(actor, KeepSignposts.allowed);
    personActing(actor);
    if (!because.trim()) throw reasonNeeded('Say why.', [{ field: 'because', reason: 'Say why it is ended.' }]);
    return this.unitOfWork.run({ name: 'grants.end-signpost', actor }, async (tx) => {
      if (!(await endSignpost(tx, id, because))) throw noSuchSignpost('It is not on the list.');
      tx.audit({ action: 'grants.signpost-ended', subjectKind: 'signpost', subjectId: id, detail: { because } });
      return { signpostId: id };
    });
  }
}
