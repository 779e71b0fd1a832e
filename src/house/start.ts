import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { ReadyConfig } from '../platform/index.ts';
import { HouseModule } from './house.module.ts';

/** Opens the house without HTTP: for workers, the CLI, and tests of actions. */
export function openHouse(config: ReadyConfig, processName: string): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(HouseModule.with(config, processName), { logger: false });
}
