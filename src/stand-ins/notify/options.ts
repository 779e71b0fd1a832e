import { parseArgs } from 'node:util';
import type { ServiceSettings } from './service.ts';

/** Where a stand-in listens, and what its service is. */
export interface Options extends ServiceSettings {
  readonly port: number;
}

export const HELP = `node dist/src/stand-ins/notify/main.js --api-key NAME-UUID-UUID [options]
  --port N                 where to listen on 127.0.0.1 (default 0: any free port)
  --callback-url URL       where receipts are posted (default: nowhere)
  --callback-token T       the bearer token they carry
  --callback-retry-ms N    how long until a failed receipt is tried again (default 300000, as Notify)
  --delivered-after-ms N   how long a message takes to its end (default 2000)`;

/** Reads the command line. @throws Error saying what is wrong */
export function readOptions(argv: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ port: { type: 'string' }, 'api-key': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      ...{ 'callback-url': { type: 'string' }, 'callback-token': { type: 'string' } },
      ...{ 'callback-retry-ms': { type: 'string' }, 'delivered-after-ms': { type: 'string' } },
    } as const,
  });
  if (values.help) return 'help';
  const [url, token] = [values['callback-url'], values['callback-token']];
  if (url !== undefined && (!URL.canParse(url) || !token))
    throw new Error('--callback-url must be a URL, and needs a --callback-token.');
  const retryMs = wholeNumber('--callback-retry-ms', values['callback-retry-ms'] ?? '300000', 86_400_000);
  return {
    port: wholeNumber('--port', values.port ?? '0', 65_535),
    apiKey: values['api-key'] ?? '',
    callbacks: url === undefined ? undefined : { url, token: token ?? '', retryMs },
    deliveredAfterMs: wholeNumber('--delivered-after-ms', values['delivered-after-ms'] ?? '2000', 86_400_000),
  };
}

function wholeNumber(option: string, text: string, high: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= high)) throw new Error(`${option} must be a whole number up to ${high}.`);
  return value;
}
