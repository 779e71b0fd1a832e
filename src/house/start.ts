import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { LOGGER, type Logger, type ReadyConfig, RouteList } from '../platform/index.ts';
import { HouseModule } from './house.module.ts';

/** Opens the house without HTTP: for workers, the CLI, and tests of actions. */
export function openHouse(config: ReadyConfig, processName: string): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(HouseModule.with(config, processName), { logger: false });
}

/** Opens the house with its web front, not yet listening. */
export async function openWeb(config: ReadyConfig): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(HouseModule.with(config, 'web'), {
    ...{ logger: false, bodyParser: false },
  });
  app.disable('x-powered-by');
  app.use(helmet());
  app.use(requestLog(app.get<Logger>(LOGGER)));
  app.useBodyParser('json', { limit: '2mb' });
  app.useBodyParser('raw', { type: 'text/csv', limit: '200mb' });
  app.get(RouteList).assertDeclared();
  return app;
}

/** Logs each request by its route, never by its address: addresses may carry numbers of families. */
function requestLog(log: Logger) {
  return (request: Request & { id?: string }, response: Response, next: NextFunction): void => {
    const began = performance.now();
    request.id = randomUUID();
    response.setHeader('X-Request-Id', request.id);
    response.on('finish', () => {
      const route = (request as { route?: { path?: string } }).route?.path ?? 'none';
      const milliseconds = Math.round(performance.now() - began);
      log.info({
        event: 'http',
        id: request.id,
        method: request.method,
        route,
        status: response.statusCode,
        milliseconds,
      });
    });
    next();
  };
}
