import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from './clock/clock.ts';
import type { Config } from './config/config.ts';
import { FieldSeal } from './crypto/seal.ts';
import { applicationDatabase } from './database/data-source.ts';
import { UnitOfWork } from './database/unit-of-work.ts';
import { Drafts } from './drafts/drafts.ts';
import { RouteList } from './http/openapi.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { SystemController } from './http/system.controller.ts';
import { LOGGER, makeLogger } from './logging/logger.ts';
import { QueuePort } from './queue/queue-port.ts';

/** The token rooms inject the configuration by. */
export const CONFIG = Symbol('config');

/** A configuration whose database and key are known, embedded or not. */
export type ReadyConfig = Config & { readonly DATABASE_URL: string; readonly FIELD_KEY: string };

/** Everything under the rooms: database, clock, queue, HTTP manners, logs. */
@Module({})
export class PlatformModule {
  static with(config: ReadyConfig, processName: string): DynamicModule {
    const log = makeLogger(config.LOG_LEVEL, processName);
    const place = {
      ...{ redisUrl: config.REDIS_URL, postgresUrl: config.DATABASE_URL, prefix: config.QUEUE_PREFIX },
      jobLeaseSeconds: config.JOB_LEASE_SECONDS,
    };
    return {
      module: PlatformModule,
      global: true,
      imports: [
        DiscoveryModule,
        TypeOrmModule.forRoot({
          ...applicationDatabase(config.DATABASE_URL, config.DATABASE_POOL, processName),
          retryAttempts: 1,
          retryDelay: 500,
        }),
      ],
      controllers: [SystemController],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: log },
        { provide: Clock, useFactory: () => new Clock(config.MAINSTAY_TODAY) },
        { provide: FieldSeal, useFactory: () => new FieldSeal(config.FIELD_KEY) },
        { provide: QueuePort, useFactory: () => new QueuePort(place, log) },
        { provide: APP_FILTER, useClass: ProblemFilter },
        Drafts,
        UnitOfWork,
        RouteList,
      ],
      exports: [CONFIG, LOGGER, Clock, Drafts, FieldSeal, QueuePort, UnitOfWork, RouteList, TypeOrmModule],
    };
  }
}
