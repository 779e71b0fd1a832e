import { Module } from '@nestjs/common';
import { JobCatalogue } from './job-catalogue.ts';
import { Relay } from './relay.ts';

/** The outbox: jobs that commit with their cause, and the relay that carries them. */
@Module({ providers: [Relay, JobCatalogue], exports: [Relay, JobCatalogue] })
export class OutboxModule {}

export { defineJob, JobCatalogue, type JobHandler } from './job-catalogue.ts';
export { stuckMessages } from './outbox.store.ts';
export { Relay, type TickWork } from './relay.ts';
