import { changeEffect, costToYearEnd, yearEnd } from '../../src/subsistence/domain/change-effect.ts';
import {
  type ChangeGround,
  faultsOfChange,
  faultsOfPlan,
  type PlanProposal,
} from '../../src/subsistence/domain/check-plan.ts';
import type { OverrideFacts } from '../../src/subsistence/domain/entitlement/facts.ts';
import { overrideWindows } from '../../src/subsistence/domain/override-windows.ts';
import type { PlanChangeTerms } from '../../src/subsistence/domain/plan-change.ts';
import { yearAhead } from '../../src/subsistence/domain/year-ahead.ts';
import { child, day, daysFrom, family, guide, lead, linesOf, thursday } from './household.ts';

const reason = 'Panel';
const spans = (windows: readonly OverrideFacts[]): string[] =>
  windows.map(({ from, to, weeklyPence }) => `${from ?? 'start'} to ${to ?? 'end'}: ${weeklyPence}`);

describe('What was decided about an override', () => {
  const own = [{ weeklyPence: 10_000n, reason }];

  it('leaves the plan’s own until the first decision', () => {
    const later = [{ from: day('2026-12-10'), weeklyPence: 12_000n, reason }];
    expect(spans(overrideWindows(own, later))).toEqual(['start to 2026-12-10: 10000', '2026-12-10 to end: 12000']);
  });

  it('goes back to the rates from a day on', () => {
    const facts = { overrides: overrideWindows(own, [{ from: day('2026-12-05'), weeklyPence: null, reason }]) };
    expect(linesOf(family([lead()], facts))).toEqual(['override family 2@10000', 'person lead 5@4918']);
  });

  it('holds from its day on, whatever was decided before it for later', () => {
    const decided = [
      { from: day('2026-12-20'), weeklyPence: 15_000n, reason },
      { from: day('2026-12-10'), weeklyPence: 12_000n, reason },
    ];
    expect(spans(overrideWindows([], decided))).toEqual(['2026-12-10 to end: 12000']);
  });
});

describe('The effect of a change', () => {
  const facts = family([lead(), child('c', '2020-01-01')]);
  const paid = daysFrom(day('2026-11-26'), 14);
  const of = (change: PlanChangeTerms) => changeEffect(facts, change, guide, paid, day('2026-12-04'));
  const said = ({ before, after, arrears, overpaid }: ReturnType<typeof of>) =>
    [before.amount, after.amount, arrears, overpaid].map(String);

  it('of an end inside paid days is an overpayment, and nothing from then on', () => {
    const effect = of({ kind: 'end', from: day('2026-12-03'), reason });
    expect(said(effect)).toEqual(['98.36', '0.00', '0.00', '98.36']);
    expect(effect.toYearEnd.after.toString()).toBe('0.00');
  });

  it('of a back-dated top-up is arrears', () => {
    const topUp = {
      kind: 'top-up',
      from: day('2026-12-03'),
      to: null,
      weekly: '7.00',
      memberId: null,
      reason,
    } as const;
    expect(said(of(topUp))).toEqual(['98.36', '105.36', '7.00', '0.00']);
  });

  it('of the standard is none to the amount', () => {
    expect(said(of({ kind: 'standard', standard: 'welfare', reason }))).toEqual(['98.36', '98.36', '0.00', '0.00']);
  });

  it('is told to the end of the financial year, which is 31 March', () => {
    expect([yearEnd(day('2026-12-04')), yearEnd(day('2027-03-31')), yearEnd(day('2027-04-01'))]).toEqual([
      ...['2027-03-31', '2027-03-31', '2028-03-31'],
    ]);
    expect(costToYearEnd(family([lead()]), guide, day('2027-03-25'), day('2026-12-04')).toString()).toBe('49.18');
    expect(costToYearEnd(family([lead()]), guide, day('2027-05-01'), day('2026-12-04')).toString()).toBe('0.00');
  });
});

describe('A proposed plan', () => {
  const plan: PlanProposal = {
    ...{ fundId: '5', standard: 'subsistence', standardReason: null, override: null, frequencyDays: 7, payDay: 4 },
    ...{ supportFrom: thursday, supportTo: null, topUps: [] },
  };
  const ground = { memberIds: ['1'], payingFundIds: ['5'], ratesFrom: day('2024-01-15'), today: thursday };
  const fieldsOf = (change: Partial<PlanProposal>, about: Partial<typeof ground> = {}): (string | undefined)[] =>
    faultsOfPlan({ ...plan, ...change }, { ...ground, ...about }).map((fault) => fault.field);

  it('is right as most are', () => {
    expect(fieldsOf({})).toEqual([]);
  });

  it.each([
    ['members', 'of a family with nobody in it', {}, { memberIds: [] }],
    ['fundId', 'from a fund that does not pay section 17', { fundId: '6' }, {}],
    ['supportFrom', 'from before the first rate', { supportFrom: day('2024-01-14') }, {}],
    ['supportFrom', 'from more than a year ahead', { supportFrom: day('2028-01-01') }, {}],
    ['supportTo', 'for no day at all', { supportTo: thursday }, {}],
    ['standardReason', 'with the welfare standard and no reason', { standard: 'welfare', standardReason: ' ' }, {}],
    ['topUps', 'with a top-up for a stranger', { topUps: [{ memberId: '9', weekly: '5.00', reason }] }, {}],
  ] as const)('names the place: %s, %s', (field, _, change, about) => {
    expect(fieldsOf(change, { ...about } as Partial<typeof ground>)).toEqual([field]);
  });
});

describe('A proposed change', () => {
  const ground: ChangeGround = {
    ...{ supportFrom: day('2026-09-03'), supportTo: null, standard: 'subsistence', paidUpTo: day('2026-11-26') },
    ...{ paidTo: day('2026-12-10'), memberIds: ['1'], hasOverride: false, today: thursday },
    topUps: [{ id: '7', from: null, to: day('2026-12-24') }],
  };
  const fieldsOf = (change: PlanChangeTerms): (string | undefined)[] =>
    faultsOfChange(change, ground).map((fault) => fault.field);
  const topUp = { kind: 'top-up', from: thursday, to: null, weekly: '5.00', memberId: null, reason } as const;

  it.each<[string, PlanChangeTerms, string[]]>([
    ['an end in days already paid', { kind: 'end', from: day('2026-11-28'), reason }, []],
    ['an end before the books begin', { kind: 'end', from: day('2026-11-25'), reason }, ['from']],
    ['an end too far ahead', { kind: 'end', from: day('2028-11-25'), reason }, ['from']],
    ['a back-dated top-up', { ...topUp, from: day('2026-09-03') }, []],
    ['a top-up from before the support', { ...topUp, from: day('2026-09-02') }, ['from']],
    ['a top-up that ends before it begins', { ...topUp, to: thursday }, ['to']],
    ['a top-up for a stranger', { ...topUp, memberId: '9' }, ['memberId']],
    ['an earlier end of a top-up', { kind: 'end-top-up', topUpId: '7', from: day('2026-12-17'), reason }, []],
    ['a later end of a top-up', { kind: 'end-top-up', topUpId: '7', from: day('2026-12-25'), reason }, ['from']],
    ['the end of no top-up', { kind: 'end-top-up', topUpId: '8', from: thursday, reason }, ['topUpId']],
    [
      'an override from the first day not paid',
      { kind: 'override', from: day('2026-12-10'), weekly: '80.00', reason },
      [],
    ],
    [
      'an override of days already paid',
      { kind: 'override', from: day('2026-12-09'), weekly: '80.00', reason },
      ['from'],
    ],
    [
      'a way back to the rates one is at',
      { kind: 'override', from: day('2026-12-10'), weekly: null, reason },
      ['weekly'],
    ],
    ['the standard there is', { kind: 'standard', standard: 'subsistence', reason }, ['standard']],
  ])('is held against the plan: %s', (_, change, fields) => {
    expect(fieldsOf(change)).toEqual(fields);
  });
});

describe('The year ahead', () => {
  it('changes on birthdays, and says what stops and what begins', () => {
    const stretches = yearAhead(family([lead(), child('baby', '2026-03-01')]), thursday, guide);
    expect(stretches.map(({ from, weekly }) => `${from} ${weekly}`)).toEqual([
      '2026-12-03 107.86',
      '2027-03-01 103.61',
    ]);
    expect(stretches[1]?.stops.map((line) => line.component)).toEqual(['under-1']);
    expect(stretches[1]?.begins.map((line) => line.component)).toEqual(['age-1-to-3']);
  });
});
