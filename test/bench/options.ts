import { parseArgs } from 'node:util';

/** What somebody asked to be measured. */
export interface BenchOptions {
  readonly families: number;
  readonly rounds: number;
  readonly workers: number;
  /** People who ask for pages at once. */
  readonly users: number;
  /** Lines of a bank statement. */
  readonly lines: number;
  readonly json: boolean;
}

export const BENCH_HELP = `npm run bench -- run|pages|notices|board|reconcile|grants|spend [options]
  --families N   payments in each run, or families told (default 10000)
  --rounds R     how often everything is measured; medians are told (default 3)
  --workers W    worker processes (default 2)
  --users U      people who ask for pages at once (default 20)
  --lines N      lines of a bank statement (default 100000)
  --json         last line on stdout is one JSON object`;

/** Reads the command line. @throws Error saying which option is wrong */
export function readBenchOptions(argv: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ families: { type: 'string' }, rounds: { type: 'string' }, workers: { type: 'string' } },
      ...{ users: { type: 'string' }, lines: { type: 'string' } },
      json: { type: 'boolean' },
    } as const,
  });
  return {
    families: wholeNumber('--families', values.families ?? '10000', 100, 200_000),
    rounds: wholeNumber('--rounds', values.rounds ?? '3', 1, 9),
    workers: wholeNumber('--workers', values.workers ?? '2', 1, 16),
    users: wholeNumber('--users', values.users ?? '20', 1, 200),
    lines: wholeNumber('--lines', values.lines ?? '100000', 100, 200_000),
    json: values.json ?? false,
  };
}

function wholeNumber(option: string, text: string, low: number, high: number): number {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high)) throw new Error(`${option} must be a whole number from ${low} to ${high}.`);
  return value;
}
