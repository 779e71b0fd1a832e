import { plainDate } from '../../src/kernel/index.ts';
import { planFaults } from './fault-plan.ts';
import { type Books, type LineInBooks, tally } from './tally.ts';

const [first, second, third] = ['2026-02-05', '2026-02-12', '2026-02-19'].map(plainDate) as [never, never, never];

/** Two plans, one of them without an account, and two weekly runs that paid as they should. */
function soundBooks(): Books {
  const plan = { payDay: 4, frequencyDays: 7, paidUpTo: first, supportTo: null };
  const line = { planId: '1', status: 'payable', pence: 4918n } as const;
  const held = { planId: '2', status: 'held', pence: 4918n, coversFrom: first } as const;
  const moved = ['11', '21'].map((orderId) => ({ orderId, pence: 4918n }));
  return {
    plans: [
      { ...plan, id: '1', hasAccount: true },
      { ...plan, id: '2', hasAccount: false },
    ],
    runs: [
      { id: '10', payDate: first },
      { id: '20', payDate: second },
    ],
    lines: [
      { ...line, id: '11', runId: '10', coversFrom: first, coversTo: second },
      { ...line, id: '21', runId: '20', coversFrom: second, coversTo: third },
      { ...held, id: '12', runId: '10', coversTo: second },
      { ...held, id: '22', runId: '20', coversTo: third },
    ],
    ...{ orders: moved, transfers: moved, credits: moved },
  };
}

function withLine(change: Partial<LineInBooks>): Books {
  const books = soundBooks();
  return { ...books, lines: [...books.lines, { ...(books.lines[1] as LineInBooks), ...change }] };
}

describe('the count of what was paid', () => {
  it('finds nothing wrong with sound books', () => {
    expect(tally(soundBooks())).toEqual({ expected: 2, held: 2, paid: 2, duplicates: [], missing: [], unequal: [] });
  });

  it('finds a plan that is paid twice for the same days', () => {
    const twice = tally(withLine({ id: '29' }));
    expect(twice.duplicates).toEqual(['plan 1 in run 20 has 2 lines', 'plan 1 is paid twice from 2026-02-12']);
  });

  it('finds a payment in a run its plan was not due in', () => {
    const books = withLine({ id: '39', runId: '30', coversFrom: third, coversTo: plainDate('2026-02-26') });
    expect(tally(books).duplicates).toEqual(['plan 1 in run 30 was not due']);
  });

  for (const what of ['orders', 'transfers', 'credits'] as const) {
    it(`finds the same payment twice among the ${what}`, () => {
      const books = soundBooks();
      const twice = tally({ ...books, [what]: [...books[what], books[what][0]] });
      expect(twice.duplicates).toEqual([`plan 1 in run 10 has 2 of: ${what.slice(0, -1)}`]);
    });

    it(`finds a payment that is missing among the ${what}`, () => {
      const books = soundBooks();
      const lost = tally({ ...books, [what]: books[what].slice(1) });
      expect(lost.missing).toEqual([`plan 1 in run 10 has no ${what.slice(0, -1)}`]);
    });

    it(`finds another sum among the ${what}`, () => {
      const books = soundBooks();
      const odd = tally({ ...books, [what]: [{ orderId: '11', pence: 1n }, books[what][1]] });
      expect(odd.unequal).toEqual([`plan 1 in run 10 has another sum as ${what.slice(0, -1)}`]);
    });
  }

  it('finds a family whose run is stuck before it has lines', () => {
    const books = soundBooks();
    const stuck = { ...books, runs: [...books.runs, { id: '30', payDate: third }] };
    expect(tally(stuck).missing).toEqual(['plan 1 in run 30 has no line', 'plan 2 in run 30 has no line']);
  });

  it('finds money for a line nobody approved', () => {
    const books = soundBooks();
    const stray = tally({ ...books, credits: [...books.credits, { orderId: '99', pence: 1n }] });
    expect(stray.duplicates).toEqual(['credit 99 pays no line']);
  });
});

describe('the plan of faults', () => {
  it('is the same for the same seed and another for another', () => {
    expect(planFaults(20, 2, 7)).toEqual(planFaults(20, 2, 7));
    expect(planFaults(20, 2, 7)).not.toEqual(planFaults(20, 2, 8));
  });

  it('kills as often as asked, crashes Postgres once and wipes the queue while a run is priced', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const faults = planFaults(1 + (seed % 25), 2, seed).flat();
      expect(faults.reduce((kills, fault) => kills + fault.victims.length, 0)).toBe(1 + (seed % 25));
      expect(faults.filter((fault) => fault.kind === 'crash-postgres')).toHaveLength(1);
      const wipes = faults.filter((fault) => fault.kind === 'wipe-queue');
      expect(wipes.length).toBeGreaterThan(0);
      expect(new Set(wipes.map((fault) => fault.phase))).toEqual(new Set(['pricing']));
    }
  });
});
