import { z } from 'zod';
import { addDays, type PlainDate } from '../../../kernel/index.ts';
import { inputRefused, words } from '../../../platform/index.ts';
import { dateField } from '../../pages/date-field.ts';
import { type Form, read } from '../../pages/index.ts';
import { dayOf, poundsAWeek } from '../answers-read.ts';

const MOST_PEOPLE = 20;
const DAYS_OF_A_YEAR = 365;
const FIRST_RATES = '2024-01-15' as PlainDate;

/** A household somebody thinks of: no names, only what the amount depends on. */
export interface Household {
  readonly people: readonly { readonly who: 'adult' | 'child' | 'expected'; readonly day: PlainDate | null }[];
  readonly topUps: readonly { readonly weekly: string; readonly reason: string }[];
  readonly from?: PlainDate;
}

const person = z.object({ who: z.enum(['adult', 'child', 'expected'], 'Choose who it is.') });
const topUp = z.object({ weekly: poundsAWeek, reason: words(200) });

/** Gives the household after what a form asks: somebody more or less, a top-up, another first day, or all of it gone. */
export function householdAfter(household: Household, form: Form): Household {
  const { people, topUps } = household;
  const [, what, at] = /^take-out-(person|top-up)-(\d{1,2})$/.exec(String(form.do ?? '')) ?? [];
  const others = <T>(all: readonly T[]): T[] => all.filter((_, index) => String(index) !== at);
  if (what === 'person') return { ...household, people: others(people) };
  if (what === 'top-up') return { ...household, topUps: others(topUps) };
  if (form.do === 'clear') return { people: [], topUps: [] };
  if (form.do === 'add-person') return { ...household, people: [...people, personOf(people.length, form)] };
  if (form.do === 'add-top-up') return { ...household, topUps: [...topUps, read(topUp, form)] };
  const from = dayOf(form, 'from', 'Enter the first day.');
  if (from < FIRST_RATES) throw refused('from-day', `Rates begin on ${FIRST_RATES}: choose that day or a later one.`);
  return { ...household, from };
}

/** Writes a household as entitlement asks for it, for a year. A baby is taken to be born on the day it is due. */
export function householdRequest({ people, topUps }: Household, from: PlainDate): object {
  const born = people.map(({ who, day }, index) => {
    if (who === 'adult') return { relationship: index === 0 ? 'lead' : 'other', born: day };
    return { relationship: 'child', born: day };
  });
  // The pregnancy has a row of its own, after everybody else: until the birth it is nobody's.
  const expected = people.flatMap(({ who, day }) => (who === 'expected' ? [{ relationship: 'child', due: day }] : []));
  return { from, to: addDays(from, DAYS_OF_A_YEAR), topUps, members: [...born, ...expected] };
}

/** Names people by what they are and their place in the list, as lines of the result call them. */
export function namesOfHousehold({ people }: Household): Record<string, string> {
  const what = { adult: 'adult', child: 'child', expected: 'baby' } as const;
  const names = people.map(({ who }, index) => `${what[who]} ${index + 1}`);
  const expected = names.filter((_, index) => people[index]?.who === 'expected');
  return Object.fromEntries([...names, ...expected].map((name, index) => [String(index + 1), name]));
}

function personOf(already: number, form: Form): Household['people'][number] {
  if (already >= MOST_PEOPLE) throw refused('who', `Work out at most ${MOST_PEOPLE} people at once.`);
  const { who } = read(person, form);
  const day = dateField(form, 'day');
  if (!day && who === 'child') throw refused('day-day', 'Enter the child’s date of birth.');
  if (!day && who === 'expected') throw refused('day-day', 'Enter the day the baby is due.');
  return { who, day };
}

function refused(field: string, reason: string) {
  return inputRefused('One answer needs another look.', [{ field, reason }]);
}
