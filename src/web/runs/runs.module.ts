import { Module } from '@nestjs/common';

/** Runs: the pay calendar, and one run from priced to file. */
@Module({})
export class RunsJourney {}
