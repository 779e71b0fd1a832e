import { addDays, Money, type PayDay, payDayOf, type PlainDate } from '../kernel/index.ts';
import { PLAN_LIMIT } from './council.ts';
import type { Row } from './family-row.ts';

/** The families whose stories the pages tell, by reference. Each is something a team meets every week. */
export const familyPersonas = [
  ...(['P-PART-WEEK', 'P-BABY', 'P-ARREARS', 'P-OVERPAID', 'P-HELD', 'P-AT-LIMIT', 'P-WELFARE', 'P-NO-BANK'] as const),
] as const;
/** Names one of the families whose stories the pages tell. */
export type FamilyPersona = (typeof familyPersonas)[number];

/** The families whose pay day the demonstration moves: told in time, in Arabic, discreetly, too late, and not at all. */
export const toldPersonas = ['P-IN-TIME', 'P-ARABIC', 'P-DISCREET', 'P-BOUNCED', 'P-UNREACHED'] as const;

/** The family that pays an overpayment back, as it agreed to. */
export const paysBackPersona = 'P-PAYS-BACK';

/** When and how the families of a scene are paid. */
export interface PersonaTerms {
  /** The first pay date of the scene; families are paid up to it. */
  readonly payDate: PlainDate;
  readonly payDay: PayDay;
  /** What a manager may approve a week. */
  readonly planLimit: Money;
}

/** Gives the terms of the demonstration's council. */
export function termsOf(payDate: PlainDate): PersonaTerms {
  return { payDate, payDay: payDayOf(payDate) as PayDay, planLimit: PLAN_LIMIT };
}

const PERSON_WEEKLY = Money.gbp('49.18');

/** Makes the personas' rows of a family file, for the demonstration and for the tests of the pages alike. */
export function personaRows(terms: PersonaTerms): Row[] {
  const { payDate, planLimit } = terms;
  const thirdPeriod = addDays(payDate, 14);
  return [
    // New on a Monday: a part-week comes with the first payment.
    ...family('P-PART-WEEK', 'Adaeze Obi', terms, { support_from: addDays(payDate, -3), paid_up_to: '' }),
    // The first birthday is inside the period of the third run.
    ...family('P-BABY', 'Fatou Jallow', terms, { language: 'fr', safe_channels: 'sms call' }, [
      child('Awa Jallow', sameDayYearsBefore(addDays(thirdPeriod, 3), 1)),
      child('Modou Jallow', addDays(payDate, -2500)),
    ]),
    ...family('P-ARREARS', 'Rosa Pereira', terms, { contact: 'discreet', language: 'pt', safe_channels: 'sms' }, [
      child('Ana Pereira', addDays(payDate, -2000)),
    ]),
    ...family('P-OVERPAID', 'Joy Mensah', terms, { safe_checked_on: addDays(payDate, -119) }, [
      child('Kofi Mensah', addDays(payDate, -3200)),
    ]),
    ...family('P-HELD', 'Nadia Rahman', terms, { contact: 'no', safe_channels: '', safe_checked_on: '' }),
    ...family('P-AT-LIMIT', 'Esther Okafor', terms, {
      weekly_top_up: planLimit.minus(PERSON_WEEKLY).toString(),
      top_up_reason: 'Night care the hospital asked for',
    }),
    ...family(
      'P-WELFARE',
      'Mariam Yusuf',
      terms,
      { standard: 'welfare', weekly_top_up: '12.50', top_up_reason: 'Travel to hospital each week' },
      [
        {
          ...child('Salma Yusuf', addDays(payDate, -2400)),
          weekly_top_up: '8.00',
          top_up_reason: 'School meals not free yet',
        },
      ],
    ),
    ...family('P-NO-BANK', 'Lola Adeyemi', terms, { sort_code: '', account_number: '', account_name: '' }),
  ];
}

/** Makes rows of families whose plans wait for a second person: one a manager may approve, one above the limit. */
export function waitingRows(terms: PersonaTerms, from: PlainDate): Row[] {
  const start = { paid_up_to: '', support_from: from };
  return [
    ...family('P-WAITING', 'Grace Tesfaye', terms, start, [child('Liya Tesfaye', addDays(terms.payDate, -1700))]),
    ...family('P-ABOVE-LIMIT', 'Hana Noor', terms, {
      ...{ ...start, weekly_top_up: terms.planLimit.plus(PERSON_WEEKLY).toString() },
      top_up_reason: 'Specialist equipment hired until the assessment',
    }),
  ];
}

/** Makes the rows of the families whose pay day is to move. Every address and number is of nobody. */
export function toldRows(terms: PersonaTerms): Row[] {
  return [
    ...family('P-IN-TIME', 'Blessing Kamara', terms, {}, [child('Ibrahim Kamara', addDays(terms.payDate, -2900))]),
    ...family('P-ARABIC', 'Salma Hassan', terms, { language: 'ar', mobile: '07700 900124' }),
    ...family('P-DISCREET', 'Yasmin Begum', terms, { contact: 'discreet', safe_channels: 'sms' }),
    // The number at which a text message fails, as it does with a test key of GOV.UK Notify.
    ...family('P-BOUNCED', 'Olu Edwards', terms, { mobile: '07700 900003', safe_channels: 'sms letter' }),
    ...family('P-UNREACHED', 'Dalia Farah', terms, { contact: 'no', safe_channels: '', safe_checked_on: '' }),
  ];
}

/** Makes the rows of the family that pays an overpayment back. */
export function paysBackRows(terms: PersonaTerms): Row[] {
  return family(paysBackPersona, 'Comfort Owusu', terms, {}, [child('Yaw Owusu', addDays(terms.payDate, -3000))]);
}

let account = 20_000_000;

function family(reference: string, name: string, terms: PersonaTerms, lead: Row, members: readonly Row[] = []): Row[] {
  account += 1;
  const first: Row = {
    ...{
      member_name: name,
      date_of_birth: '1991-05-04',
      relationship: 'lead',
      standard: 'subsistence',
      frequency: 'weekly',
    },
    ...{ pay_day: terms.payDay, support_from: addDays(terms.payDate, -84), paid_up_to: terms.payDate },
    ...{ sort_code: '000014', account_number: String(account), account_name: name, language: 'en', contact: 'yes' },
    ...{ mobile: '07700 900123', address_line_1: '12 Example Road', town: 'Northshire', postcode: 'NR1 1AA' },
    ...{ safe_channels: 'sms letter call', safe_checked_on: addDays(terms.payDate, -42) },
    ...{ ward: 'Harbour', team: 'Early action', ...lead },
  };
  return [first, ...members].map((row) => ({ ...row, family_reference: reference }));
}

function child(name: string, born: PlainDate): Row {
  return { member_name: name, date_of_birth: born, relationship: 'child' };
}

function sameDayYearsBefore(day: PlainDate, years: number): PlainDate {
  const year = String(Number(day.slice(0, 4)) - years).padStart(4, '0');
  return `${year}${day.slice(4).replace('02-29', '02-28')}` as PlainDate;
}
