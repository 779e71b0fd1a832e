import type { FamilyPersona } from '../../src/demo/personas.ts';
import { ExpectBaby, notesOf } from '../../src/families/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { Drafts, UnitOfWork } from '../../src/platform/index.ts';
import type { TestHouse } from './test-house.ts';

/** A baby on its way, and the newest note on the family that expects it. */
export async function expecting(
  { app, council }: TestHouse,
  family: string,
): Promise<{ note: string; expectedBaby: string }> {
  const { caseworker } = council.actors;
  const { memberId } = await app.get(ExpectBaby).run(caseworker, family, '2027-02-20' as PlainDate);
  const [note] = await app.get(UnitOfWork).read(caseworker, (tx) => notesOf(tx, family, undefined, 1));
  return { note: note?.id ?? '', expectedBaby: memberId };
}

/** What a caseworker has typed and not finished: a new family, and bank details. */
export async function halfFinished({ app, council }: TestHouse, family: string): Promise<void> {
  const drafts = app.get(Drafts);
  const { caseworker } = council.actors;
  const answers = {
    ...{ reference: { reference: 'P-NEW' }, people: { go: 'done' }, contact: { contact: 'discreet', language: 'sq' } },
    ...{ lead: { name: 'Arta New', 'born-day': '4', 'born-month': '5', 'born-year': '1992' } },
    ...{ 'safe-ways': { safeChannels: ['letter', 'call'], firstChannel: 'call' } },
    ...{ address: { line1: '3 Example Road', town: 'Northshire', postcode: 'NR1 1AA', ward: 'Harbour' } },
    ...{ team: { ownerId: council.userIds.caseworker, team: 'Early action' }, 'bank-details': { skip: 'yes' } },
  };
  const born = { 'born-day': '1', 'born-month': '6', 'born-year': '2021' };
  await drafts.keep(caseworker, 'families/new', {
    answers,
    people: [{ relationship: 'child', name: 'Besa New', ...born }],
  });
  const details = { sortCode: '000014', accountNumber: '87654322', accountName: 'Lead P-HELD' };
  await drafts.keep(caseworker, `families/${family}/bank-details`, details);
}

/** The numbers of the people who lead the families, by reference. */
export async function leadNumbers({ superuser, council }: TestHouse): Promise<Record<FamilyPersona, string>> {
  const { rows } = await superuser.query<{ id: string; reference: FamilyPersona }>(
    `select m.id, f.reference from families.family f join families.member m on m.family_id = f.id and m.relationship = 'lead'
      where f.authority_id = $1`,
    [council.id],
  );
  return Object.fromEntries(rows.map(({ id, reference }) => [reference, id])) as Record<FamilyPersona, string>;
}
