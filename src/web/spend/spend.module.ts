import { Module } from '@nestjs/common';
import { SpendFiles } from './files.page.ts';
import { SpendPages } from './spend.page.ts';

/** Spend: where money went, down to each transfer. */
@Module({ controllers: [SpendPages, SpendFiles] })
export class SpendJourney {}
