import { pino, type Logger } from 'pino';

export type { Logger };

/**
 * Makes the process's logger for operators: one JSON line an event, never personal data.
 *
 * Callers log ids, codes and counts. The redaction below is the second belt, not the first.
 */
export function makeLogger(level: string, name: string): Logger {
  return pino(
    {
      level,
      name,
      redact: [
        '*.name',
        '*.email',
        '*.mobile',
        '*.account',
        '*.sortCode',
        '*.authorization',
        'req.headers.authorization',
      ],
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** The token rooms inject the logger by. */
export const LOGGER = Symbol('logger');
