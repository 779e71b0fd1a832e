import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from '../platform/index.ts';

/** Logs each request by its route, never by its address: addresses may carry numbers of families. */
export function requestLog(log: Logger) {
  return (request: Request & { id?: string }, response: Response, next: NextFunction): void => {
    const began = performance.now();
    request.id = randomUUID();
    response.setHeader('X-Request-Id', request.id);
    response.on('finish', () => {
      const route = (request as { route?: { path?: string } }).route?.path ?? 'none';
      const milliseconds = Math.round(performance.now() - began);
      log.info({
        ...{ event: 'http', id: request.id, method: request.method, route },
        ...{ status: response.statusCode, milliseconds },
      });
    });
    next();
  };
}
