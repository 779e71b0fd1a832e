import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail, noteOf, notesOf, seeFamilies, WriteNote } from '../../families/index.ts';
import { namesOf } from '../../identity/index.ts';
import { number, paragraphs, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { familyUrls } from './families.urls.ts';

const writing = z.object({ text: paragraphs(4000) });
const ON_A_PAGE = 20;

/** The notes on a family: read, written, and put right by another note. */
@Controller()
export class NotesPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly writeNote: WriteNote,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.notes, title: 'Notes on a family', allowed: seeFamilies },
    ...{ audit: 'families.notes-seen', subject: 'family' },
  })
  notes(@Visiting() visit: Visit): Promise<View> {
    return this.#list(visit);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.notes, title: 'Write a note on a family' },
    ...{ allowed: WriteNote.allowed, audit: 'families.note-written' },
  })
  write(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#write(visit, null, () => this.#list(visit));
  }

  @Page({
    ...{ method: 'GET', path: familyUrls.correctNote, title: 'Correct a note', allowed: WriteNote.allowed },
    ...{ audit: 'families.notes-seen', subject: 'family' },
  })
  askCorrection(@Visiting() visit: Visit): Promise<View> {
    return this.#correction(visit);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.correctNote, title: 'Correct a note' },
    ...{ allowed: WriteNote.allowed, audit: 'families.note-corrected' },
  })
  correct(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#write(visit, number(visit.params.note ?? ''), () => this.#correction(visit));
  }

  #write(visit: Visit, corrects: string | null, again: () => Promise<View>): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(async () => {
      const { text } = read(writing, visit.form);
      await this.writeNote.run(visit.actor, id, { text, corrects }, visit.idempotency);
      const told = corrects ? 'The correction is written. The first note stays readable.' : 'The note is written.';
      return goTo(familyUrls.notes.replace(':id', id), told);
    }, again);
  }

  async #list(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const before = /^\d{1,18}$/.test(visit.query.before ?? '') ? visit.query.before : undefined;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const notes = await notesOf(tx, id, before, ON_A_PAGE + 1);
      const names = await namesOf(
        tx,
        notes.map((note) => note.writtenBy),
      );
      return { family: await familyDetail(tx, id), notes, names: Object.fromEntries(names) };
    });
    const notes = data.notes.slice(0, ON_A_PAGE);
    const older = data.notes.length > ON_A_PAGE ? `${visit.path}?before=${notes.at(-1)?.id}` : undefined;
    const mayWrite = WriteNote.allowed.roles.some((role) => visit.person.roles.includes(role));
    const newest = before && visit.path;
    return show('families/notes.njk', { ...data, ...{ notes, older, newest, mayWrite, values: visit.form } });
  }

  async #correction(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const note = await noteOf(tx, id, number(visit.params.note ?? ''));
      const names = await namesOf(tx, [note?.writtenBy ?? null]);
      return { family: await familyDetail(tx, id), note, writer: names.get(note?.writtenBy ?? '') };
    });
    return show('families/correct-note.njk', { ...data, values: visit.form });
  }
}
