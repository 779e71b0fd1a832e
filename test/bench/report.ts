import type { Phases } from './measured-run.ts';

/** What the bench found: medians over its rounds. */
export interface Measured {
  readonly families: number;
  readonly floorMs: number;
  readonly postMs: number;
  readonly postRatio: number;
  readonly endToEndMs: number;
  readonly endToEndRatio: number;
  readonly statementsPerPayment: number;
  readonly walBytesPerPayment: number;
  readonly peakRssMb: number;
  readonly seedMs: number;
  readonly seedPeakRssMb: number;
  readonly rounds: number;
  readonly postgresVersion: string;
  readonly typeormSavePerPaymentRatio: number;
  readonly phases: Phases;
}

const bars = [
  { key: 'postRatio', most: 1.3, says: 'posting with all guards, × the floor' },
  { key: 'walBytesPerPayment', most: 500, says: 'bytes of WAL a payment, posting' },
  { key: 'endToEndRatio', most: 12, says: 'open → priced → approved → posted → file, × the floor' },
  { key: 'peakRssMb', most: 700, says: 'MB held by any one process' },
] as const satisfies readonly { key: keyof Measured; most: number; says: string }[];

/** Tells a person what was found, and whether each bar is met; as the last line, the same for a program. */
export function report(measured: Measured, json: boolean): void {
  const rounded = JSON.parse(JSON.stringify(measured), (_, value: unknown) =>
    typeof value === 'number' ? shortened(value) : value,
  ) as Measured;
  const { phases, ...rest } = rounded;
  const rows = [
    ...Object.entries(rest),
    ...Object.entries({ ...phases }).map(([name, ms]): [string, unknown] => [`  of which ${name}`, ms]),
  ];
  const table = rows.map(([name, value]) => `${String(name).padEnd(28)} ${String(value).padStart(12)}`);
  const met = bars.map(
    ({ key, most, says }) =>
      `${measured[key] <= most ? 'met   ' : 'MISSED'} ${says}: ${rounded[key]} (at most ${most})`,
  );
  process.stderr.write(`\n${table.join('\n')}\n\n${met.join('\n')}\n`);
  if (json) process.stdout.write(`${JSON.stringify(rounded)}\n`);
}

/** Three decimals below ten, one below a thousand, none above. */
function shortened(value: number): number {
  const digits = value < 10 ? 3 : value < 1000 ? 1 : 0;
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
