import { addDays, type PayDay, type PlainDate } from '../kernel/index.ts';
import { familyFileColumns } from '../subsistence/index.ts';
import { Chance } from './chance.ts';
import type { Row } from './family-row.ts';
import { familyPersonas, paysBackRows, personaRows, type PersonaTerms, toldPersonas, toldRows } from './personas.ts';

/** From how many families on the personas are among them. */
export const FEWEST_WITH_PERSONAS = 20;

const FIRST =
  'Amina Blessing Chidi Dalia Esther Fatou Grace Hana Ife Joy Kemi Lola Mariam Nadia Olu Precious Rosa Salma Tola Yasmin'.split(
    ' ',
  );
const LAST =
  'Adeyemi Begum Costa Diallo Edwards Farah Gomez Hassan Ibrahim Jallow Kamara Lopez Mensah Noor Okafor Pereira Rahman Silva Tesfaye Yusuf'.split(
    ' ',
  );
const LANGUAGES = 'en en en yo tw pt es bn ur ar fr so sq ro tr vi'.split(' ');
const REASONS = [
  'Halal and medical diet',
  'Travel to hospital each week',
  'Nappies and formula for twins',
  'School meals not free yet',
];

/**
 * Makes a caseload of families that never existed, shaped by the published figures: 1.63 children, a partner in one of
 * five, support for a lognormal time of 548 days on average. The same seed gives the same families.
 * @source NRPF Connect annual figures 2024–25
 * @returns a family file, as CSV text
 */
export function makeFamilies(count: number, seed: number, payDate: PlainDate, payDay: PayDay): string {
  const chance = new Chance(seed);
  const rows: Row[] = [];
  for (let index = 0; index < count; index += 1) rows.push(...familyRows(index, chance, payDate, payDay));
  return familyFile(rows);
}

/** Writes rows as a family file: CSV text with a header. */
export function familyFile(rows: readonly Row[]): string {
  const names = familyFileColumns.map((column) => column.name);
  const lines = [names.join(','), ...rows.map((row) => names.map((name) => cell(row[name])).join(','))];
  return `${lines.join('\r\n')}\r\n`;
}

/** Makes the demonstration's caseload: the personas among made-up families, when there are enough to hide among. */
export function demoFamilies(count: number, seed: number, terms: PersonaTerms): string {
  const { payDate, payDay } = terms;
  if (count < FEWEST_WITH_PERSONAS) return makeFamilies(count, seed, payDate, payDay);
  const madeUp = makeFamilies(count - familyPersonas.length - toldPersonas.length - 1, seed, payDate, payDay);
  return (
    madeUp +
    familyFile([...paysBackRows(terms), ...toldRows(terms), ...personaRows(terms)])
      .split('\r\n')
      .slice(1)
      .join('\r\n')
  );
}

function familyRows(index: number, chance: Chance, payDate: PlainDate, payDay: PayDay): Row[] {
  const reference = `NS-${String(index + 1).padStart(6, '0')}`;
  const surname = chance.pick(LAST);
  const rows = [lead(reference, surname, chance, payDate), ...others(reference, surname, chance, payDate)];
  const first = rows[0] as Row;
  Object.assign(first, familyValues(index, chance, payDate, payDay), account(index, chance, `${first.member_name}`));
  return rows;
}

function familyValues(index: number, chance: Chance, payDate: PlainDate, payDay: PayDay): Row {
  const supported = Math.min(2000, Math.max(7, Math.round(chance.lognormal(548, 0.7))));
  const frequency = chance.weighted([
    ['weekly', 80],
    ['fortnightly', 15],
    ['four-weekly', 5],
  ]);
  const welfare = chance.below(10) === 0;
  return {
    ...{ standard: welfare ? 'welfare' : 'subsistence', frequency, pay_day: payDay, paid_up_to: payDate },
    ...{
      support_from: addDays(payDate, -supported),
      language: chance.pick(LANGUAGES),
      contact: chance.pick(['yes', 'yes', 'discreet', 'no']),
    },
    ...{
      mobile: `07700 900${String(index % 1000).padStart(3, '0')}`,
      address_line_1: `${1 + chance.below(200)} Example Road`,
    },
    ...{
      town: 'Northshire',
      postcode: 'NR1 1AA',
      ward: `Ward ${1 + chance.below(12)}`,
      team: chance.pick(['East', 'West', 'Early action']),
    },
    // Most were asked this quarter which ways are safe; the rest are a worker's tasks.
    safe_checked_on: addDays(payDate, -(42 + (index % 78))),
    ...(welfare
      ? {
          weekly_top_up: `${5 + chance.below(30)}.${chance.pick(['00', '25', '50'])}`,
          top_up_reason: chance.pick(REASONS),
        }
      : {}),
  };
}

function lead(reference: string, surname: string, chance: Chance, payDate: PlainDate): Row {
  const pregnant = chance.below(16) === 0;
  return {
    ...{ family_reference: reference, member_name: `${chance.pick(FIRST)} ${surname}`, relationship: 'lead' },
    date_of_birth: addDays(payDate, -(7000 + chance.below(9000))),
    ...(pregnant ? { due_date: addDays(payDate, chance.below(200)) } : {}),
  };
}

function others(reference: string, surname: string, chance: Chance, payDate: PlainDate): Row[] {
  const rows: Row[] = [];
  const add = (relationship: string, days: number, name: string): void =>
    void rows.push({
      family_reference: reference,
      member_name: name,
      relationship,
      date_of_birth: addDays(payDate, -days),
    });
  if (chance.below(5) === 0) add('partner', 7000 + chance.below(9000), `${chance.pick(FIRST)} ${surname}`);
  const children = chance.weighted([
    [1, 57],
    [2, 29],
    [3, 9],
    [4, 5],
  ]);
  for (let child = 0; child < children; child += 1)
    add('child', 45 + chance.below(6000), `${FIRST[(child * 7 + chance.below(7)) % FIRST.length]} ${surname}`);
  return rows;
}

function account(index: number, chance: Chance, name: string): Row {
  // One family in about sixty has no account: it becomes an exception in the run.
  if (index % 60 === 59) return {};
  return { sort_code: '000014', account_number: String(10_000_000 + chance.below(89_999_999)), account_name: name };
}

function cell(value: string | undefined): string {
  if (value === undefined) return '';
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
