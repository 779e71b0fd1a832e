import { Module } from '@nestjs/common';

/** Auditing: who did what, who looked, and the books proved. */
@Module({})
export class AuditingJourney {}
