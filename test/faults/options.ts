import { parseArgs } from 'node:util';

export type Backend = 'postgres' | 'redis';

/** What was asked of the fault harness. */
export interface FaultOptions {
  readonly families: number;
  readonly kills: number;
  readonly seed: number;
  readonly backends: readonly Backend[];
  readonly json: boolean;
}

export const FAULTS_HELP = `npm run faults -- [options]
  --families N  how many made-up families (default 2000)
  --kills N     how many worker processes are killed with SIGKILL, on each backend (default 20)
  --seed S      the same seed gives the same plan of faults (default: one drawn now, and printed)
  --backend B   postgres, redis or both (default both)
  --json        last line is one JSON object`;

/** Reads the command line. @throws Error saying which option is wrong */
export function readFaultOptions(argv: readonly string[]): FaultOptions | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ families: { type: 'string' }, kills: { type: 'string' }, seed: { type: 'string' } },
      ...{ backend: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    } as const,
  });
  if (values.help) return 'help';
  const drawn = Math.floor(Math.random() * 1_000_000);
  return {
    families: wholeNumber('--families', values.families ?? '2000', 10, 200_000),
    kills: wholeNumber('--kills', values.kills ?? '20', 1, 1000),
    seed: wholeNumber('--seed', values.seed ?? String(drawn), 0, 4_294_967_295),
    backends: backendsOf(values.backend ?? 'both'),
    json: values.json ?? false,
  };
}

function backendsOf(asked: string): readonly Backend[] {
  if (asked === 'both') return ['postgres', 'redis'];
  if (asked === 'postgres' || asked === 'redis') return [asked];
  throw new Error('--backend must be postgres, redis or both.');
}

function wholeNumber(option: string, text: string, low: number, high: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high)) throw new Error(`${option} must be a whole number from ${low} to ${high}.`);
  return value;
}
