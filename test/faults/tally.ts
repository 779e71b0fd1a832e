import { addDays, earlier, type PlainDate, weekdayNumber } from '../../src/kernel/index.ts';

/** An approved support plan, as far as it decides when money is due. */
export interface PlanInBooks {
  readonly id: string;
  readonly payDay: number;
  readonly frequencyDays: number;
  readonly paidUpTo: PlainDate;
  readonly supportTo: PlainDate | null;
  readonly hasAccount: boolean;
}

/** A line of a run that is in force: payable or held. */
export interface LineInBooks {
  readonly id: string;
  readonly runId: string;
  readonly planId: string;
  readonly coversFrom: PlainDate;
  readonly coversTo: PlainDate;
  readonly status: 'payable' | 'held';
  readonly pence: bigint;
}

/** Money on its way: a payment order, a transfer that pays it, or its credit in a bank file. */
export interface Movement {
  readonly orderId: string;
  readonly pence: bigint;
}

/** Everything the database and the bank files say was due and paid. */
export interface Books {
  readonly plans: readonly PlanInBooks[];
  readonly runs: readonly { readonly id: string; readonly payDate: PlainDate }[];
  readonly lines: readonly LineInBooks[];
  readonly orders: readonly Movement[];
  readonly transfers: readonly Movement[];
  readonly credits: readonly Movement[];
}

/** What the books come to; each fault is a sentence. */
export interface Tally {
  readonly expected: number;
  readonly held: number;
  readonly paid: number;
  readonly duplicates: readonly string[];
  readonly missing: readonly string[];
  readonly unequal: readonly string[];
}

interface Due {
  readonly runId: string;
  readonly planId: string;
  readonly from: PlainDate;
  readonly pays: boolean;
}

/** Compares what was paid with what was due, worked out here anew from plans and pay dates alone. */
export function tally(books: Books): Tally {
  const due = whatWasDue(books);
  const faults = { duplicates: [] as string[], missing: [] as string[], unequal: [] as string[] };
  const lines = groupBy(books.lines, (line) => `${line.runId}/${line.planId}`);
  const money = {
    order: groupBy(books.orders, (each) => each.orderId),
    transfer: groupBy(books.transfers, (each) => each.orderId),
    credit: groupBy(books.credits, (each) => each.orderId),
  };
  for (const each of due) checkDue(each, lines.get(`${each.runId}/${each.planId}`) ?? [], money, faults);
  faults.duplicates.push(...notDue(books, due), ...overlaps(books.lines), ...withoutLine(books));
  const expected = due.filter((each) => each.pays).length;
  return { expected, held: due.length - expected, paid: books.orders.length, ...faults };
}

/** Works out who is due in which run: from the end of what was paid, up to and including the pay date's own period. */
function whatWasDue({ plans, runs }: Books): Due[] {
  const due: Due[] = [];
  const paidTo = new Map(plans.map((plan) => [plan.id, plan.paidUpTo]));
  for (const run of runs.toSorted((a, b) => (a.payDate < b.payDate ? -1 : 1)))
    for (const plan of plans) {
      const from = paidTo.get(plan.id) as PlainDate;
      const next = addDays(run.payDate, plan.frequencyDays);
      const to = plan.supportTo === null ? next : earlier(next, plan.supportTo);
      if (plan.payDay !== weekdayNumber(run.payDate) || from > run.payDate || from >= to) continue;
      due.push({ runId: run.id, planId: plan.id, from, pays: plan.hasAccount });
      if (plan.hasAccount) paidTo.set(plan.id, to);
    }
  return due;
}

type Faults = { duplicates: string[]; missing: string[]; unequal: string[] };
type Money = Readonly<Record<'order' | 'transfer' | 'credit', Map<string, Movement[]>>>;

/** Follows one due payment from its line to its credit in the bank file. A payment is missing once at most. */
function checkDue(due: Due, lines: readonly LineInBooks[], money: Money, faults: Faults): void {
  const [line, second] = lines;
  const who = `plan ${due.planId} in run ${due.runId}`;
  if (second) faults.duplicates.push(`${who} has ${lines.length} lines`);
  if (!line) return void faults.missing.push(`${who} has no line`);
  if (line.coversFrom !== due.from)
    return void faults.missing.push(`${who} is paid from ${line.coversFrom}, not ${due.from}`);
  if (due.pays !== (line.status === 'payable')) return void faults.missing.push(`${who} is ${line.status}`);
  if (!due.pays) return;
  for (const [what, found] of Object.entries(money)) {
    const moved = found.get(line.id) ?? [];
    if (moved.length > 1) faults.duplicates.push(`${who} has ${moved.length} of: ${what}`);
    if (moved.length === 0) return void faults.missing.push(`${who} has no ${what}`);
    if (moved.some((each) => each.pence !== line.pence)) faults.unequal.push(`${who} has another sum as ${what}`);
  }
}

function notDue(books: Books, due: readonly Due[]): string[] {
  const known = new Set(due.map((each) => `${each.runId}/${each.planId}`));
  return books.lines
    .filter((line) => !known.has(`${line.runId}/${line.planId}`))
    .map((line) => `plan ${line.planId} in run ${line.runId} was not due`);
}

function overlaps(lines: readonly LineInBooks[]): string[] {
  const payable = lines.filter((line) => line.status === 'payable');
  return [...groupBy(payable, (line) => line.planId)].flatMap(([planId, paid]) => {
    const sorted = paid.toSorted((a, b) => (a.coversFrom < b.coversFrom ? -1 : 1));
    return sorted
      .filter((line, index) => line.coversFrom < (sorted[index - 1]?.coversTo ?? line.coversFrom))
      .map((line) => `plan ${planId} is paid twice from ${line.coversFrom}`);
  });
}

function withoutLine(books: Books): string[] {
  const payable = new Set(books.lines.filter((line) => line.status === 'payable').map((line) => line.id));
  const stray = (what: string, moved: readonly Movement[]): string[] =>
    moved.filter((each) => !payable.has(each.orderId)).map((each) => `${what} ${each.orderId} pays no line`);
  return [...stray('order', books.orders), ...stray('transfer', books.transfers), ...stray('credit', books.credits)];
}

function groupBy<T>(all: readonly T[], key: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(key(each));
    if (group) group.push(each);
    else groups.set(key(each), [each]);
  }
  return groups;
}
