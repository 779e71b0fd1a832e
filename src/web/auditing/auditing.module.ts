import { Module } from '@nestjs/common';
import { BooksModule } from '../../house/index.ts';
import { AuditSearchPages } from './audit-search.page.ts';
import { VerifyPages } from './verify.page.ts';

/** Auditing: who did what, who looked, and the books proved. */
@Module({ imports: [BooksModule], controllers: [AuditSearchPages, VerifyPages] })
export class AuditingJourney {}
