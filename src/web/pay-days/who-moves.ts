import { z } from 'zod';
import { familyByReference, familyDetail, type FamilyFilter } from '../../families/index.ts';
import { inputRefused, type Transaction } from '../../platform/index.ts';
import { planDetail, planGlances, plansToMove, type WhoMoves } from '../../subsistence/index.ts';
import { payDayName } from '../pages/formats.ts';
import { type Form, read } from '../pages/index.ts';

const written = z.string().trim().max(100).optional();
const listed = z.object({
  ...{ reference: written, team: written, ward: written },
  owner: z.enum(['me', 'nobody']).optional().catch(undefined),
  missing: z.enum(['bank-details', 'birth']).optional().catch(undefined),
  payDay: z.enum(['1', '2', '3', '4', '5']).optional().catch(undefined),
  plan: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
});
const choosing = z.object({ who: z.enum(['1', '2', '3', '4', '5', 'family'], 'Choose whose pay day moves.') });
const ofFamily = z.object({ familyReference: z.string('Enter the reference of a family.').trim().max(35) });

/** Reads whose pay day moves from an address or a form that names them; nothing when neither does. */
export function whoIn(given: Form, me: string): WhoMoves | undefined {
  const { plan, owner, payDay, ...narrowed } = listed.parse(given);
  if (plan) return { planId: plan };
  const filter: FamilyFilter = { ...narrowed, ...(owner ? { ownerId: owner === 'me' ? me : null } : {}) };
  const isNarrowed = payDay !== undefined || Object.values(filter).some((value) => value !== undefined && value !== '');
  if (!isNarrowed && given.all !== 'yes') return undefined;
  return { filter, ...(payDay ? { payDay: Number(payDay) } : {}) };
}

/** Reads whose pay day moves from the question about it. @throws input_refused */
export async function whoChosen(tx: Transaction, form: Form): Promise<WhoMoves> {
  const { who } = read(choosing, form);
  if (who !== 'family') return { filter: {}, payDay: Number(who) };
  const { familyReference } = read(ofFamily, form);
  const field = 'familyReference';
  const familyId = await familyByReference(tx, familyReference).catch(() => undefined);
  if (!familyId)
    throw inputRefused('One answer needs another look.', [{ field, reason: 'No family has this reference.' }]);
  const plan = (await planGlances(tx, [familyId])).get(familyId);
  if (plan?.status === 'approved') return { planId: plan.planId };
  throw inputRefused('One answer needs another look.', [{ field, reason: 'This family has no plan in force.' }]);
}

/** Whose pay day moves, as a page says it. */
export interface WhoSaid {
  readonly text: string;
  readonly planIds: readonly string[];
}

/** Says in words whose pay day moves, and finds their plans. */
export async function sayWho(tx: Transaction, who: WhoMoves): Promise<WhoSaid> {
  const planIds = await plansToMove(tx, who);
  if ('planId' in who) {
    const { reference } = await familyDetail(tx, (await planDetail(tx, who.planId)).familyId);
    return { text: `Family ${reference}`, planIds };
  }
  const { reference, team, ward, ownerId, missing } = who.filter;
  const parts = [
    who.payDay && `paid on a ${payDayName(who.payDay)}`,
    team && `of team ${team}`,
    ward && `living in ${ward}`,
    reference && `with a reference that begins with ${reference}`,
    ownerId && 'looked after by you',
    ownerId === null && 'that nobody looks after',
    missing && (missing === 'birth' ? 'with a birth to record' : 'without bank details'),
  ].filter(Boolean);
  const text = ['Every family with a support plan in force', parts.join(', ')].filter(Boolean).join(' ');
  return { text, planIds };
}
