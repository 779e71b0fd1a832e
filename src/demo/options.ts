import { parseArgs } from 'node:util';
import { type PlainDate, plainDate } from '../kernel/index.ts';

/** What a newcomer asked of the demonstration. */
export interface DemoOptions {
  readonly once: boolean;
  readonly json: boolean;
  readonly families: number;
  readonly seed: number;
  readonly payDate?: PlainDate;
  readonly importFile?: string;
  readonly backend: 'postgres' | 'redis';
}

export const DEMO_HELP = `npm run demo -- [options]
  --once             run once and stop, instead of staying up
  --json             last line is one JSON object
  --families N       how many made-up families (default 63)
  --seed S           the same seed gives the same families (default 1)
  --pay-date D       nominal pay date, YYYY-MM-DD (default: the next Thursday that can still be paid)
  --import FILE.csv  use a family file instead; the demo's second person approves its plans
  --backend B        queue on postgres (default) or redis (REDIS_URL, default redis://127.0.0.1:6379)`;

/** Reads the command line. @throws Error saying which option is wrong, or DomainError for a day that does not exist */
export function readDemoOptions(argv: readonly string[]): DemoOptions | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ once: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      ...{ families: { type: 'string' }, seed: { type: 'string' }, 'pay-date': { type: 'string' } },
      ...{ import: { type: 'string' }, backend: { type: 'string' } },
    } as const,
  });
  if (values.help) return 'help';
  const backend = values.backend ?? 'postgres';
  if (backend !== 'postgres' && backend !== 'redis') throw new Error('--backend must be postgres or redis.');
  return {
    ...{ once: values.once ?? false, json: values.json ?? false, backend },
    families: wholeNumber('--families', values.families ?? '63', 1, 1_000_000),
    seed: wholeNumber('--seed', values.seed ?? '1', 0, 4_294_967_295),
    ...(values['pay-date'] === undefined ? {} : { payDate: plainDate(values['pay-date']) }),
    ...(values.import === undefined ? {} : { importFile: values.import }),
  };
}

function wholeNumber(option: string, text: string, low: number, high: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high)) throw new Error(`${option} must be a whole number from ${low} to ${high}.`);
  return value;
}
