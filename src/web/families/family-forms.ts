import { z } from 'zod';
import {
  type BankDetails,
  channels,
  checkBankDetails,
  checkedPlace,
  checkedReach,
  checkedWays,
  type NameCheck,
  nameCheckCodes,
  type Place,
  type Reach,
  UNASKED,
} from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { inputRefused, number, words } from '../../platform/index.ts';
import { nameCheckSaid } from '../pages/formats.ts';
import { dateField } from '../pages/date-field.ts';
import { type Form, read } from '../pages/index.ts';

const some = (most: number) => words(most).nullable().default(null);

const reachForm = z.object({
  language: words(3),
  contact: z.enum(['yes', 'discreet', 'no'], 'Choose whether it is safe to contact the family.'),
  mobile: some(30),
  email: some(254),
  safeChannels: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) => [given].flat())
    .pipe(z.array(z.enum(channels))),
  firstChannel: z
    .enum([...channels, 'any'])
    .default('any')
    .transform((way) => (way === 'any' ? null : way)),
  reads: words(3).nullable().default(null),
  interpreter: z.literal('yes').optional(),
  askedToday: z.literal('yes').optional(),
  oldIsUnsafe: z.literal('yes').optional(),
});
const placeForm = z.object({
  ...{ line1: some(100), line2: some(100), town: some(100), postcode: some(10), ward: some(100) },
});
const ownerForm = z.object({ ownerId: z.string().nullable().default(null), team: some(100) });

const digits = z.string().transform((text) => text.replaceAll(/[\s-]/g, ''));
const bankForm = z.object({
  ...{ accountName: words(100), sortCode: digits, accountNumber: digits },
  nameCheck: z.enum(nameCheckCodes, 'Choose what the name check said.').default('not-asked'),
  nameCheckReason: some(300),
});

/** An account as a form asks for it. */
export type AccountTyped = BankDetails & { readonly nameCheck: NameCheck };

/** The answers a form offers to what the name check said. */
export const nameChecks = nameCheckCodes.map((value) => ({ value, text: nameCheckSaid(value) }));

/** Writes an account back into the fields it was typed in. */
export function bankFieldsOf({ nameCheck, ...account }: AccountTyped): Form {
  return { ...account, nameCheck: nameCheck.answer, nameCheckReason: nameCheck.reason ?? '' };
}

/** Reads bank details from a form. @throws input_refused, bank_details_refused */
export function bankIn(form: Form): AccountTyped {
  const { nameCheck: answer, nameCheckReason: reason, ...account } = read(bankForm, form);
  const details = { ...account, nameCheck: { answer, reason } };
  checkBankDetails(details);
  return details;
}

/** Reads how a family is reached from a form. @throws input_refused, family_details_refused */
export function reachIn(form: Form): Reach {
  const { interpreter, askedToday, oldIsUnsafe, ...given } = read(reachForm, form);
  const said = { interpreter: interpreter === 'yes', askedToday: askedToday === 'yes' };
  return checkedReach({ ...given, ...said, oldIsUnsafe: oldIsUnsafe === 'yes' });
}

/** Reads in which safe ways a family that is being added is reached. @throws input_refused, family_details_refused */
export function firstReachIn(form: Form, place: Place, today: PlainDate): Reach {
  const reach = reachIn(form);
  checkedWays(reach, UNASKED, { place, today });
  return reach;
}

/** Reads where a family lives from a form. @throws input_refused, family_details_refused */
export function placeIn(form: Form): Place {
  return checkedPlace(read(placeForm, form));
}

/** Reads who is to look after a family from a form. @throws input_refused */
export function ownerIn(form: Form): { ownerId: string | null; team: string | null } {
  const { ownerId, team } = read(ownerForm, form);
  return { ownerId: ownerId && number(ownerId), team };
}

/** Reads a day that must be given. @throws input_refused */
export function neededDay(form: Form, name: string, reason = 'Enter the day.'): PlainDate {
  const day = dateField(form, name);
  if (day) return day;
  throw inputRefused('A date is missing.', [{ field: `${name}-day`, reason }]);
}

/** Writes a day into the three boxes it is asked in. */
export function inBoxes(name: string, day: PlainDate | null): Record<string, string> {
  const [year = '', month = '', dayOfMonth = ''] = (day ?? '').split('-');
  const plain = (text: string): string => text.replace(/^0/, '');
  return { [`${name}-day`]: plain(dayOfMonth), [`${name}-month`]: plain(month), [`${name}-year`]: year };
}
