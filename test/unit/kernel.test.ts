import { approvalStates } from '../../src/approvals/approval.states.ts';
import { instrumentStates } from '../../src/families/instrument.states.ts';
import {
  type Actor,
  clockOf,
  defineProblem,
  DomainError,
  lengthInDays,
  mustBeAllowed,
  nextState,
  operatorOf,
  overlap,
  personActing,
  plainDate,
  problemCatalogue,
  type Transitions,
} from '../../src/kernel/index.ts';
import { runStates } from '../../src/payments/run.states.ts';
import { moveHomeStates } from '../../src/notices/move-home.states.ts';
import { reviewStates } from '../../src/grants/review.states.ts';
import { applicationStates } from '../../src/grants/application.states.ts';
import { awardStates, instalmentStates } from '../../src/grants/award.states.ts';
import { planChangeStates } from '../../src/subsistence/plan-change.states.ts';
import { planStates } from '../../src/subsistence/plan.states.ts';

function refusalOf(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** Walks a machine from its first state along every command. */
function reachable(table: Transitions<string, string>, first: string): string[] {
  const found = new Set([first]);
  for (const state of found) for (const next of Object.values(table[state] ?? {})) if (next) found.add(next);
  return [...found].toSorted();
}

const machines: Record<string, [Transitions<string, string>, string]> = {
  run: [runStates, 'planned'],
  plan: [planStates, 'proposed'],
  'change of a plan': [planChangeStates, 'proposed'],
  'move to another home': [moveHomeStates, 'planned'],
  application: [applicationStates, 'draft'],
  award: [awardStates, 'active'],
  review: [reviewStates, 'asked'],
  instalment: [instalmentStates, 'due'],
  approval: [approvalStates, 'open'],
  'bank details': [instrumentStates, 'proposed'],
};

describe('a machine of states', () => {
  for (const [name, [table, first]] of Object.entries(machines)) {
    it(`of a ${name} reaches every state, and leads to none it does not know`, () => {
      expect(reachable(table, first)).toEqual(Object.keys(table).toSorted());
    });

    it(`of a ${name} comes to an end`, () => {
      expect(Object.values(table).some((commands) => Object.keys(commands).length === 0)).toBe(true);
    });
  }

  it('follows a command it has', () => {
    expect(nextState('run 7', runStates, 'in_approval', 'send_back')).toBe('priced');
  });

  it('refuses a command the state has not, saying the state and the command', () => {
    const refusal = refusalOf(() => nextState('run 7', runStates, 'in_approval', 'finish_pricing'));
    expect(refusal).toMatchObject({ code: 'not_in_that_state', kind: { status: 409 } });
    expect(refusal.message).toBe('run 7 is in approval: it cannot finish pricing now.');
  });

  it('refuses a command nobody knows', () => {
    expect(refusalOf(() => nextState('run 7', runStates, 'planned', 'burn' as 'price')).code).toBe('not_in_that_state');
  });

  it('never goes back once money may have moved', () => {
    for (const state of ['releasing', 'posted', 'exported'] as const)
      expect(Object.keys(runStates[state])).not.toContain('cancel');
  });
});

describe('the catalogue of problems', () => {
  it('refuses a code that is taken', () => {
    expect(() => defineProblem('not_money', { status: 422, title: 'x', whatToDo: 'y' })).toThrow(/twice/);
  });

  it('lists each code once, in order, with a status, a title and what to do', () => {
    const kinds = problemCatalogue();
    const codes = kinds.map((kind) => kind.code);
    expect(codes).toEqual([...new Set(codes)].toSorted());
    for (const kind of kinds) {
      expect(kind.code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(kind.status).toBeGreaterThanOrEqual(400);
      expect(kind.title.length * kind.whatToDo.length).toBeGreaterThan(0);
    }
  });
});

describe('two periods', () => {
  const months = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'] as const;
  const [a, b, c, d] = [plainDate(months[0]), plainDate(months[1]), plainDate(months[2]), plainDate(months[3])];

  it('share the days of both', () => {
    expect(overlap({ from: a, to: c }, { from: b, to: d })).toEqual({ from: b, to: c });
    expect(overlap({ from: a, to: d }, { from: b, to: c })).toEqual({ from: b, to: c });
  });

  it('share nothing when one ends where the other begins', () => {
    expect(overlap({ from: a, to: b }, { from: b, to: c })).toBeUndefined();
    expect(overlap({ from: c, to: d }, { from: a, to: b })).toBeUndefined();
    expect(overlap({ from: b, to: b }, { from: a, to: c })).toBeUndefined();
  });

  it('go on until further notice when neither has an end', () => {
    expect(overlap({ from: a }, { from: b, to: null })).toEqual({ from: b, to: null });
    expect(overlap({ from: a }, { from: b, to: c })).toEqual({ from: b, to: c });
    expect(overlap({ from: c, to: null }, { from: a, to: b })).toBeUndefined();
  });

  it('are as long as the days from the first to before the last', () => {
    expect(lengthInDays({ from: a, to: b })).toBe(31);
  });
});

describe('who acts', () => {
  const finn: Actor = { authorityId: '1', userId: '5', roles: ['finance'], channel: 'api' };

  it('may do what one of their roles may', () => {
    expect(() => mustBeAllowed(finn, { roles: ['manager', 'finance'] })).not.toThrow();
    expect(refusalOf(() => mustBeAllowed(finn, { roles: ['manager'], machine: true })).message).toContain('manager');
  });

  it('may be the machine only where the machine may', () => {
    expect(() => mustBeAllowed(clockOf('1'), { roles: [], machine: true })).not.toThrow();
    expect(refusalOf(() => mustBeAllowed(operatorOf('1'), { roles: ['manager'] })).code).toBe('not_permitted');
  });

  it('is a named person where one is needed', () => {
    expect(personActing(finn)).toBe('5');
    expect(refusalOf(() => personActing(clockOf('1'))).code).toBe('not_permitted');
  });
});
