import { Injectable } from '@nestjs/common';
import { Authorities } from '../../identity/index.ts';
import { FieldSeal, UnitOfWork } from '../../platform/index.ts';
import { familyActor } from '../access/family-actor.ts';
import { codeDigest, readCode } from '../access/family-code.ts';
import { noSuchCode, tooManyCodes } from '../notice-problems.ts';
import { familyOfCode, hasTriedEnough, insertCodeTry, startFamilySession } from '../store/family-session.store.ts';

/** Opens a family's own page with the code of a link. A wrong, an expired and a revoked code get one and the same answer. */
@Injectable()
export class OpenFamilyPage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly authorities: Authorities,
    private readonly fieldSeal: FieldSeal,
  ) {}

  /**
   * @param client where it is asked from; only a keyed digest of it is kept, another one each day
   * @returns the secret of a session, for a cookie
   * @throws no_such_code, too_many_codes
   */
  async run(typed: string, client: string): Promise<string> {
    const read = readCode(typed);
    // A code of no council is looked up nowhere.
    const isOurs = read && (await this.authorities.all()).some(({ authorityId }) => authorityId === read.authorityId);
    if (!isOurs) throw noSuchCode('It was not found.');
    const actor = familyActor(read.authorityId);
    const secret = await this.unitOfWork.run({ name: 'notices.open-family-page', actor }, async (tx) => {
      const asking = this.fieldSeal.fingerprint(`code try ${tx.today} ${client}`);
      if (await hasTriedEnough(tx, asking)) throw tooManyCodes('Ten wrong codes within 15 minutes.');
      const digest = codeDigest(read.code);
      const familyId = await familyOfCode(tx, digest);
      if (familyId === undefined) return insertCodeTry(tx, asking);
      tx.audit({ action: 'notices.family-came', subjectKind: 'family', subjectId: familyId });
      return startFamilySession(tx, familyId, digest);
    });
    if (secret === undefined) throw noSuchCode('It was not found.');
    return secret;
  }
}
