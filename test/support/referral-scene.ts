import { type NewReferral, ReferFamily } from '../../src/grants/index.ts';
import { KeepAgency } from '../../src/identity/index.ts';
import { type Actor, operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import type { TestHouse } from './test-house.ts';

/** What an agency usually says of a family. */
export const REFERRED: NewReferral = {
  ...{ leadName: 'Amina Diallo', born: '1991-05-04' as PlainDate, postcode: 'NR1 1AA', children: 'Samba, 4' },
  ...{ reach: 'Call 07700 900321', need: 'The cupboard is empty.', codes: ['food', 'rent-arrears'] },
  ...{ analysis: 'She shares one room with two children.', consentBy: 'Amina Diallo', consentHow: 'in-person' },
  ...{ consentOn: '2026-11-15' as PlainDate, hearsOutcome: false },
};

/** Refers a family: by the partner of the council's agency, or by somebody of another agency. @returns its number */
export async function referral(
  house: TestHouse,
  { agency, ...said }: Partial<NewReferral> & { agency?: string } = {},
): Promise<string> {
  const actor = agency ? await partnerOf(house, agency) : house.council.actors.partner;
  return (await house.app.get(ReferFamily).run(actor, { ...REFERRED, ...said })).referralId;
}

async function partnerOf({ app, council }: TestHouse, name: string): Promise<Actor> {
  const operator = operatorOf(council.id);
  const { agencyId } = await app.get(KeepAgency).add(operator, { name, contact: 'Somebody' });
  const email = `${name.toLowerCase().replaceAll(' ', '-')}@agency.example`;
  const { userId } = await app.get(KeepAgency).addPerson(operator, agencyId, { email, name });
  return { authorityId: council.id, userId, roles: ['partner'], channel: 'api' };
}
