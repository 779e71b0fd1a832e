import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import { lockFamily, newIds } from '../store/families.store.ts';

/** Tells a caseworker that the note was corrected before; the newest is the one to correct. */
export const noteCorrected = defineProblem('note_already_corrected', {
  status: 409,
  title: 'That note has been corrected already',
  whatToDo: 'Read the newer note. If that one is wrong, correct it.',
});
/** Tells a caseworker that the note to be corrected is not of this family. */
export const noSuchNote = defineProblem('no_such_note', {
  status: 404,
  title: 'There is no such note on this family',
  whatToDo: 'Look at the notes of the family again and use the number shown there.',
});
whenConstraintBreaks('uq_note_is_corrected_once', () => noteCorrected('Another note corrects it.'));
whenConstraintBreaks('fk_note_corrects_a_note_of_its_family', () => noSuchNote('The note is not of this family.'));

/** Writes a note on a family, for the caseworker. It stays as written; a correction is another note that names it. */
@Injectable()
export class WriteNote {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param corrects the number of the note this one puts right @throws no_such_family, no_such_note, note_already_corrected */
  async run(
    actor: Actor,
    familyId: string,
    { text, corrects }: { readonly text: string; readonly corrects: string | null },
    idempotency?: Command['idempotency'],
  ): Promise<{ noteId: string }> {
    mustBeAllowed(actor, WriteNote.allowed);
    return this.unitOfWork.run({ name: 'families.write-note', actor, idempotency }, async (tx) => {
      await lockFamily(tx, familyId);
      const [id] = (await newIds(tx, 1)) as [string];
      await tx.query(
        `insert into families.note (id, authority_id, family_id, corrects, text, written_by) values ($1, $2, $3, $4, $5, $6)`,
        [id, actor.authorityId, familyId, corrects, text, personActing(actor)],
      );
      const action = corrects ? 'families.note-corrected' : 'families.note-written';
      tx.audit({
        action,
        subjectKind: 'family',
        subjectId: familyId,
        detail: { id, ...(corrects ? { corrects } : {}) },
      });
      return { noteId: id };
    });
  }
}
