import { resolve } from 'node:path';
import { z } from 'zod';
import { defineProblem, isPlainDate } from '../../kernel/index.ts';

export const configurationRefused = defineProblem('configuration_refused', {
  status: 500,
  title: 'Mainstay cannot start with these settings',
  whatToDo: 'Correct each setting named below in the environment, then start again.',
});

const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be a URL beginning ${protocols.map((each) => `${each}//`).join(' or ')}`,
  });
const wholeNumber = (low: number, high: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= low && value <= high, { message: `must be from ${low} to ${high}` });

const settings = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  DATABASE_OWNER_URL: url(['postgres:', 'postgresql:']).optional(),
  DATABASE_POOL: wholeNumber(2, 200).default(8),
  EMBEDDED_DATABASE: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,40}$/, 'must be lower-case letters, digits and underscores')
    .optional(),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  QUEUE_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be lower-case letters, digits and dashes')
    .default('mainstay'),
  QUEUE_CONCURRENCY: wholeNumber(1, 64).default(2),
  SWEEP_SECONDS: wholeNumber(1, 3600).default(5),
  /** How long until a job that a worker took is given out again. A job that takes longer is not done twice: its row is locked. */
  JOB_LEASE_SECONDS: wholeNumber(2, 3600).default(45),
  /** How long a message may be on its way to GOV.UK Notify before somebody looks whether it arrived, and sends it again if not. */
  NOTIFY_LOOK_AGAIN_SECONDS: wholeNumber(1, 3600).default(60),
  FIELD_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits (32 random bytes)')
    .transform((text) => text.toLowerCase())
    .optional(),
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** How many proxies of ours stand in front: the address a wrong code came from is taken from what the last of them says. */
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  DATA_DIR: z.string().min(1).default('.data'),
  EXPORT_DIR: z.string().min(1).optional(),
  /** The folder of the banks' tables by which account numbers are checked; without it none is. */
  MODULUS_TABLES: z.string().min(1).optional(),
  /** Whether the pages offer to sign in as a persona of the demonstration. Never in production. */
  DEMO_SIGN_IN: z.enum(['true', 'false']).default('false'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  MAINSTAY_TODAY: z.string().refine(isPlainDate, 'must be a date such as 2026-12-01').optional(),
});

/** Everything that can be set from outside, read once and checked. */
export type Config = Readonly<z.output<typeof settings>> & { readonly exportDir: string; readonly dataDir: string };

/**
 * Reads the settings for an operator, reporting every wrong one at once.
 * @throws configuration_refused with one item a setting
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = settings.safeParse(given);
  const wrong = read.error?.issues.map((issue) => ({ field: issue.path.join('.'), reason: issue.message })) ?? [];
  const items = [...wrong, ...productionProblems(given)];
  if (!read.success || items.length > 0)
    throw configurationRefused(items.map((item) => `${item.field} ${item.reason}`).join('; '), items);
  const dataDir = resolve(read.data.DATA_DIR);
  return { ...read.data, dataDir, exportDir: resolve(read.data.EXPORT_DIR ?? `${dataDir}/exports`) };
}

function productionProblems(given: Record<string, string | undefined>): { field: string; reason: string }[] {
  if (given.NODE_ENV !== 'production') return [];
  const problems: { field: string; reason: string }[] = [];
  if (!given.DATABASE_URL) problems.push({ field: 'DATABASE_URL', reason: 'is needed in production' });
  if (!given.FIELD_KEY)
    problems.push({ field: 'FIELD_KEY', reason: 'is needed in production: bank details are sealed with it' });
  if (given.DEMO_SIGN_IN === 'true')
    problems.push({ field: 'DEMO_SIGN_IN', reason: 'must not be set in production: it lets anybody in' });
  if (given.MAINSTAY_TODAY)
    problems.push({ field: 'MAINSTAY_TODAY', reason: 'must not be set in production: today comes from the clock' });
  return problems;
}
