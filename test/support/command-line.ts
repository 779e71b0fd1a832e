import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TODAY, type TestHouse } from './test-house.ts';

const CLI = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** What a command came to: its exit code and the object it printed. */
export interface Answered {
  readonly code: number;
  readonly answer: Record<string, unknown>;
}

/** Runs a command of the real command line on the database of a house. */
export function commandOn(house: TestHouse, ...words: string[]): Promise<Answered> {
  const env = {
    ...{ ...process.env, DATABASE_URL: house.urls.application, DATABASE_OWNER_URL: house.urls.owner },
    ...{ FIELD_KEY: house.urls.fieldKey, MAINSTAY_TODAY: TODAY, LOG_LEVEL: 'silent', REDIS_URL: '' },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...words, '--json'], { env }, (error, stdout) => {
      resolve({ code: Number(error?.code ?? 0), answer: JSON.parse(stdout || '{}') as Record<string, unknown> });
    });
  });
}
