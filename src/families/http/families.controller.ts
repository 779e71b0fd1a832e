import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import {
  type Asked,
  AskedBy,
  day,
  number,
  pageQuery,
  paragraphs,
  Route,
  UnitOfWork,
  words,
} from '../../platform/index.ts';
import { AddFamily } from '../actions/add-family.action.ts';
import { AssignFamily } from '../actions/assign-family.action.ts';
import { ChangeFamily } from '../actions/change-family.action.ts';
import { seeFamilies } from '../actions/see-families.ts';
import { WriteNote } from '../actions/write-note.action.ts';
import { channels } from '../domain/safe-ways.ts';
import { proposedAccount } from './proposed-account.ts';
import { type FamilyDetail, familyDetail, listFamilies } from '../views/families.view.ts';
import { type FamilySummary, findByName } from '../views/family-list.view.ts';
import { type FamilyNote, notesOf } from '../views/notes.view.ts';

const some = (most: number) => words(most).nullable().default(null);
const idText = z.string().regex(/^\d{1,18}$/, 'Use a number this API gave you.');
const reach = z.object({
  language: words(3),
  contact: z.enum(['yes', 'no', 'discreet']),
  mobile: some(30),
  email: some(254),
  safeChannels: z.array(z.enum(channels)).max(channels.length).optional(),
  firstChannel: z.enum(channels).nullable().optional(),
  reads: words(3).nullable().optional(),
  interpreter: z.boolean().optional(),
  askedToday: z.boolean().optional(),
  oldIsUnsafe: z.boolean().optional(),
});
const place = z.object({ line1: some(100), line2: some(100), town: some(100), postcode: some(10), ward: some(100) });
const version = z.number().int();
const changedPlace = place.extend({ version, oldIsUnsafe: z.boolean().default(false) });
const newFamily = z.object({
  reference: words(35),
  members: z
    .array(
      z.object({
        relationship: z.enum(['lead', 'partner', 'child', 'other']),
        name: words(100),
        born: day.nullable().default(null),
        due: day.nullable().default(null),
      }),
    )
    .min(1)
    .max(30),
  reach,
  place,
  ownerId: idText.nullable().default(null),
  team: some(100),
  bank: proposedAccount.nullable().default(null),
});
const assigning = z.object({ ownerId: idText.nullable(), team: some(100), reason: words(300), version });
const note = z.object({ text: paragraphs(4000), corrects: idText.nullable().default(null) });
const searching = z.object({ name: words(100) });

/** Families over HTTP. */
@Controller()
export class FamiliesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly addFamily: AddFamily,
    private readonly assignFamily: AssignFamily,
    private readonly changeFamily: ChangeFamily,
    private readonly writeNote: WriteNote,
  ) {}

  @Route({
    method: 'GET',
    path: '/api/v1/families',
    summary: 'Families, a page at a time',
    allowed: seeFamilies,
    query: pageQuery,
  })
  async list(@AskedBy() asked: Asked): Promise<{ families: FamilySummary[]; next: string | null }> {
    const { after, limit } = asked.query as z.output<typeof pageQuery>;
    const families = await this.unitOfWork.read(asked.actor, (tx) => listFamilies(tx, after, limit));
    return { families, next: families.length === limit ? (families.at(-1)?.id ?? null) : null };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/families', summary: 'Add a family', status: 201 },
    ...{ allowed: AddFamily.allowed, body: newFamily, movesMoney: true },
  })
  add(@AskedBy() asked: Asked): Promise<{ familyId: string }> {
    return this.addFamily.run(asked.actor, asked.body as z.output<typeof newFamily>, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/families/search',
      summary: 'Families by how a name begins; the search is on record',
    },
    ...{ allowed: seeFamilies, body: searching },
  })
  search(@AskedBy() asked: Asked): Promise<{ families: FamilySummary[] }> {
    const { name } = asked.body as z.output<typeof searching>;
    return this.unitOfWork.run({ name: 'families.search', actor: asked.actor }, async (tx) => ({
      families: await findByName(tx, name, 50),
    }));
  }

  @Route({
    method: 'GET',
    path: '/api/v1/families/:id',
    summary: 'One family; the look is on record',
    allowed: seeFamilies,
  })
  show(@AskedBy() asked: Asked, @Param('id') familyId: string): Promise<FamilyDetail> {
    const command = { name: 'families.see-family', actor: asked.actor };
    return this.unitOfWork.run(command, (tx) => familyDetail(tx, number(familyId)));
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/families/:id/contact',
      summary: 'Change how a family may be reached; what is left out stays',
    },
    ...{ allowed: ChangeFamily.allowed, body: reach.extend({ version }) },
  })
  changeReach(@AskedBy() asked: Asked, @Param('id') familyId: string): Promise<{ version: number }> {
    const { version: shown, ...given } = asked.body as z.output<typeof reach> & { version: number };
    return this.changeFamily.reach(asked.actor, number(familyId), given, shown);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/families/:id/address', summary: 'Change where a family lives' },
    ...{ allowed: ChangeFamily.allowed, body: changedPlace },
  })
  changePlace(@AskedBy() asked: Asked, @Param('id') familyId: string): Promise<{ version: number }> {
    const { version: shown, ...given } = asked.body as z.output<typeof changedPlace>;
    return this.changeFamily.place(asked.actor, number(familyId), given, shown);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/families/:id/owner', summary: 'Change who looks after a family' },
    ...{ allowed: AssignFamily.allowed, body: assigning },
  })
  assign(@AskedBy() asked: Asked, @Param('id') familyId: string): Promise<{ version: number }> {
    return this.assignFamily.run(asked.actor, number(familyId), asked.body as z.output<typeof assigning>);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/families/:id/notes', summary: 'Notes, the newest first; the look is on record' },
    ...{ allowed: seeFamilies, query: pageQuery },
  })
  notes(@AskedBy() asked: Asked, @Param('id') familyId: string): Promise<{ notes: FamilyNote[]; next: string | null }> {
    const { after, limit } = asked.query as z.output<typeof pageQuery>;
    const id = number(familyId);
    return this.unitOfWork.run({ name: 'families.see-notes', actor: asked.actor }, async (tx) => {
      const notes = await notesOf(tx, id, after === '0' ? undefined : after, limit);
      tx.audit({ action: 'families.notes-seen', subjectKind: 'family', subjectId: id });
      return { notes, next: notes.length === limit ? (notes.at(-1)?.id ?? null) : null };
    });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/families/:id/notes', summary: 'Write a note on a family', status: 201 },
    ...{ allowed: WriteNote.allowed, body: note },
  })
  write(@AskedBy() asked: Asked, @Param('id') familyId: string): Promise<{ noteId: string }> {
    return this.writeNote.run(asked.actor, number(familyId), asked.body as z.output<typeof note>, asked.idempotency);
  }
}
