import { addDays, payDayOf, type PayDay, type PlainDate } from '../../src/kernel/index.ts';
import { Chance } from '../../src/demo/chance.ts';
import { PLAN_LIMIT } from '../../src/demo/council.ts';
import { demoFamilies, familyFile, makeFamilies } from '../../src/demo/families.ts';
import { readDemoOptions } from '../../src/demo/options.ts';
import { demoDay } from '../../src/demo/pay-date.ts';
import { familyPersonas, paysBackPersona, toldPersonas, waitingRows } from '../../src/demo/personas.ts';
import { readFamilyFile } from '../../src/subsistence/index.ts';
import { day, thursday } from './household.ts';

const read = (csv: string, today: PlainDate) => readFamilyFile(Buffer.from(csv), today);
const made = (count: number, seed = 1, payDate = thursday): string =>
  makeFamilies(count, seed, payDate, payDayOf(payDate) as PayDay);

describe('families that never existed', () => {
  it('are the same for the same seed, to the byte', () => {
    expect(made(63)).toBe(made(63));
    expect(made(63, 2)).not.toBe(made(63));
  });

  it('keep the first ones when more are asked for', () => {
    expect(made(500).startsWith(made(63))).toBe(true);
  });

  for (const count of [1, 63, 500])
    it(`are a family file without a problem: ${count}, for several seeds and pay dates`, () => {
      for (const seed of [1, 7, 4_294_967_295])
        for (const payDate of ['2026-12-03', '2027-03-26', '2028-02-29', '2031-01-06'].map(day)) {
          const csv = made(count, seed, payDate);
          for (const ahead of [0, 12]) {
            const { families } = read(csv, addDays(payDate, -ahead));
            expect(families).toHaveLength(count);
            expect(families.every((family) => family.payDay === payDayOf(payDate))).toBe(true);
          }
        }
    });

  describe('in a large caseload', () => {
    const { families } = read(made(4000), thursday);
    const members = families.flatMap((family) => family.members);
    const share = (count: number): number => count / families.length;

    it('have 1.63 children each', () => {
      const children = members.filter((member) => member.relationship === 'child').length;
      expect(Math.abs(share(children) - 1.63)).toBeLessThan(0.05);
      expect(families.every((family) => family.members.some((each) => each.relationship === 'child'))).toBe(true);
    });

    it('have a partner in one of five', () => {
      const partners = members.filter((member) => member.relationship === 'partner').length;
      expect(Math.abs(share(partners) - 0.2)).toBeLessThan(0.02);
    });

    it('are mostly paid by the week, and one in sixty has no account', () => {
      const weekly = families.filter((family) => family.frequency === 'weekly').length;
      expect(Math.abs(share(weekly) - 0.8)).toBeLessThan(0.03);
      expect(families.filter((family) => !family.bank)).toHaveLength(66);
    });

    it('give a reason with every top-up', () => {
      const topUps = members.flatMap((member) => (member.topUp ? [member.topUp] : []));
      expect(topUps.length).toBeGreaterThan(100);
      expect(topUps.every((topUp) => topUp.reason.length > 0)).toBe(true);
    });
  });

  it('have the personas among them in a demonstration, whatever the pay date', () => {
    for (const payDate of ['2026-12-03', '2027-02-24', '2028-02-15', '2031-01-06'].map(day)) {
      const terms = { payDate, payDay: payDayOf(payDate) as PayDay, planLimit: PLAN_LIMIT };
      const { families } = read(demoFamilies(63, 1, terms), payDate);
      expect(families).toHaveLength(63);
      expect(families.slice(-8).map((family) => family.reference)).toEqual(familyPersonas);
      expect(families.at(-14)?.reference).toBe(paysBackPersona);
      expect(families.slice(-13, -8).map((family) => family.reference)).toEqual(toldPersonas);
      const weekly = families.map((family) => family.members.length);
      expect(Math.max(...weekly)).toBeLessThan(8);
      expect(read(familyFile(waitingRows(terms, addDays(payDate, 7))), payDate).families).toHaveLength(2);
    }
  });
});

describe('the pay date of a demonstration', () => {
  const cases: [string, string, PayDay, string | undefined, object][] = [
    ['is the next pay day', '2026-11-22', 'thursday', undefined, { payDate: '2026-11-26' }],
    ['can be paid on the last day to hand the file in', '2026-11-24', 'thursday', undefined, { payDate: '2026-11-26' }],
    ['is a week on when that day is over', '2026-11-25', 'thursday', undefined, { payDate: '2026-12-03' }],
    ['is a week on when Christmas is too near', '2026-12-23', 'thursday', undefined, { payDate: '2026-12-31' }],
    ['may be a bank holiday Monday', '2026-08-26', 'monday', undefined, { payDate: '2026-08-31' }],
    ['passes over that Monday a day later', '2026-08-27', 'monday', undefined, { payDate: '2026-09-07' }],
    ['is the one asked for', '2026-11-22', 'thursday', '2026-12-03', { payDate: '2026-12-03' }],
    ['is taken when its last day is today', '2026-12-01', 'thursday', '2026-12-03', { payDate: '2026-12-03' }],
    [
      ...(['stops the clock when its last day is over', '2026-12-02', 'thursday', '2026-12-03'] as const),
      { payDate: '2026-12-03', pinnedToday: '2026-11-26' },
    ],
    [
      ...(['stops the clock in the past for a past date', '2026-11-22', 'thursday', '2020-01-02'] as const),
      { payDate: '2020-01-02', pinnedToday: '2019-12-23' },
    ],
    [
      ...(['stops the clock ahead for a far date', '2026-11-22', 'thursday', '2028-06-08'] as const),
      { payDate: '2028-06-08', pinnedToday: '2028-06-01' },
    ],
    [
      ...(['counts back over a holiday beside a weekend', '2026-11-22', 'monday', '2027-12-27'] as const),
      { payDate: '2027-12-27', pinnedToday: '2027-12-17' },
    ],
    [
      ...(['counts back over Good Friday', '2026-11-22', 'monday', '2027-03-29'] as const),
      { payDate: '2027-03-29', pinnedToday: '2027-03-18' },
    ],
  ];
  for (const [what, today, payDay, asked, answer] of cases)
    it(what, () => {
      expect(demoDay(day(today), payDay, asked === undefined ? undefined : day(asked))).toEqual(answer);
    });

  it('can always still be handed in', () => {
    for (let ahead = 0; ahead < 400; ahead += 1) {
      const today = addDays(thursday, ahead);
      const { payDate } = demoDay(today, 'thursday');
      expect(payDate > today && payDate <= addDays(today, 14)).toBe(true);
    }
  });
});

describe('the options of a demonstration', () => {
  it('are sixty-three families of seed 1 on postgres, unless others are asked for', () => {
    expect(readDemoOptions([])).toEqual({ once: false, json: false, backend: 'postgres', families: 63, seed: 1 });
    expect(readDemoOptions(['--pay-date', '2026-12-03', '--families', '5', '--once'])).toMatchObject({
      ...{ payDate: '2026-12-03', families: 5, once: true },
    });
    expect(readDemoOptions(['-h'])).toBe('help');
  });

  for (const wrong of [
    '--families=0',
    '--families=1.5',
    '--seed=-1',
    '--pay-date=2026-02-30',
    '--backend=mysql',
    '--x',
  ])
    it(`refuse ${wrong}`, () => {
      expect(() => readDemoOptions([wrong])).toThrow(Error);
    });
});

describe('chance', () => {
  it('is even, in its range, and the same for the same seed', () => {
    const numbers = (seed: number): number[] => {
      const chance = new Chance(seed);
      return Array.from({ length: 10_000 }, () => chance.below(10));
    };
    expect(numbers(5)).toEqual(numbers(5));
    const counts = Array.from({ length: 10 }, (_, face) => numbers(5).filter((number) => number === face).length);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('keeps to weights and means', () => {
    const chance = new Chance(5);
    const often = Array.from({ length: 5000 }, () =>
      chance.weighted([
        ['a', 3],
        ['b', 1],
      ]),
    ).filter((x) => x === 'a');
    expect(Math.abs(often.length / 5000 - 0.75)).toBeLessThan(0.03);
    const days = Array.from({ length: 20_000 }, () => chance.lognormal(548, 0.7));
    expect(Math.abs(days.reduce((sum, each) => sum + each, 0) / days.length - 548)).toBeLessThan(20);
  });
});
