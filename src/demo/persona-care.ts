import type { INestApplicationContext } from '@nestjs/common';
import { AssignFamily, familyByReference, familyDetail, WriteNote } from '../families/index.ts';
import { type Actor, personActing } from '../kernel/index.ts';
import { UnitOfWork } from '../platform/index.ts';
import type { FamilyPersona } from './personas.ts';

/** The personas the caseworker looks after; the others wait for somebody. */
const LOOKED_AFTER: readonly FamilyPersona[] = ['P-PART-WEEK', 'P-BABY', 'P-ARREARS', 'P-WELFARE', 'P-NO-BANK'];

/** Gives some of the personas to the caseworker to look after, and has them write down what the next person should know. */
export async function lookAfterPersonas(app: INestApplicationContext, caseworker: Actor): Promise<void> {
  for (const persona of LOOKED_AFTER) {
    const { id, version, team } = await app.get(UnitOfWork).read(caseworker, async (tx) => {
      return familyDetail(tx, await familyByReference(tx, persona));
    });
    const to = { ownerId: personActing(caseworker), team, reason: 'Knows the family from the first visit', version };
    await app.get(AssignFamily).run(caseworker, id, to);
    if (persona === 'P-BABY') await writeNotes(app, caseworker, id);
  }
}

async function writeNotes(app: INestApplicationContext, caseworker: Actor, familyId: string): Promise<void> {
  const write = app.get(WriteNote);
  const text = 'The health visitor comes on the first Tuesday of the month.\nCalls in the morning only.';
  const { noteId } = await write.run(caseworker, familyId, { text, corrects: null });
  await write.run(caseworker, familyId, { text: 'Calls in the afternoon only.', corrects: noteId });
}
