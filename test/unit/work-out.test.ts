import { DomainError } from '../../src/kernel/index.ts';
import { workOut } from '../../src/subsistence/index.ts';

const question = {
  ...{ from: '2026-12-03', to: '2026-12-10' },
  members: [{ relationship: 'lead' }, { relationship: 'child', born: '2025-12-06' }],
  topUps: [{ weekly: '12.50', reason: 'Travel to hospital' }],
};

function refusalOf(change: object): DomainError {
  try {
    workOut({ ...question, ...change });
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

const fieldsOf = (change: object): unknown[] => refusalOf(change).items.map((item) => item.field);

describe('the answer to what a household would get', () => {
  it('is rounded once, and says every amount it rests on', () => {
    const { amount, exact, lines, flags } = workOut(question);
    // 2 × 49.18 + (3 × 9.50 + 4 × 5.25) ÷ 7 + 12.50
    expect({ amount, exact, flags }).toEqual({ amount: '117.93', exact: '117.931429', flags: [] });
    expect(lines.map((line) => `${line.component} ${line.member} ${line.days} ${line.weekly} ${line.amount}`)).toEqual([
      ...['person 1 7 49.18 49.18', 'person 2 7 49.18 49.18', 'under-1 2 3 9.50 4.071429'],
      ...['age-1-to-3 2 4 5.25 3.00', 'top-up null 7 12.50 12.50'],
    ]);
    expect(lines[2]).toMatchObject({ from: '2026-12-03', to: '2026-12-06', basis: 'guide 2024-01-15' });
    expect(lines.at(-1)?.basis).toBe('Travel to hospital');
  });

  it('is for part of a week as well', () => {
    expect(workOut({ ...question, to: '2026-12-04', topUps: [] })).toMatchObject({ amount: '15.41' });
  });

  it('says when a birth was not recorded', () => {
    expect(workOut({ ...question, members: [{ relationship: 'lead', due: '2026-12-01' }] }).flags).toEqual([
      'birth-not-recorded',
    ]);
  });
});

describe('a question that cannot be answered', () => {
  it('names the days that are wrong', () => {
    expect(fieldsOf({ from: '2026-02-30' })).toEqual(['from']);
    expect(fieldsOf({ from: '2026-12-10' })).toEqual(['to']);
    expect(fieldsOf({ to: undefined })).toEqual(['to']);
  });

  it('names every wrong place at once', () => {
    const members = [{ relationship: 'aunt' }, { relationship: 'child', born: 'soon' }];
    const topUps = [{ weekly: '1,000.00', reason: ' ' }];
    expect(fieldsOf({ members, topUps })).toEqual([
      ...['members.0.relationship', 'members.1.born', 'topUps.0.weekly', 'topUps.0.reason'],
    ]);
  });

  it('has nobody in it', () => {
    expect(fieldsOf({ members: [] })).toEqual(['members']);
  });

  it('asks for something unknown', () => {
    expect(refusalOf({ override: '100.00' }).message).toContain('override');
    expect(refusalOf({ members: [{ relationship: 'lead', birthday: '1990-01-01' }] }).message).toContain('birthday');
  });

  it('gives money as a number', () => {
    expect(fieldsOf({ topUps: [{ weekly: 12.5, reason: 'Diet' }] })).toEqual(['topUps.0.weekly']);
  });

  it('is of days before the first rate', () => {
    expect(refusalOf({ from: '2024-01-01' }).code).toBe('no_rate_in_force');
  });
});
