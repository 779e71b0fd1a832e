import { Module } from '@nestjs/common';
import { ReportingModule } from '../../reporting/index.ts';
import { SpendFiles } from './files.page.ts';
import { SpendPages } from './spend.page.ts';
import { ThreeSixtyGivingPages } from './three-sixty-giving.page.ts';

/** Spend: where money went, down to each transfer. */
@Module({ imports: [ReportingModule], controllers: [SpendPages, SpendFiles, ThreeSixtyGivingPages] })
export class SpendJourney {}
