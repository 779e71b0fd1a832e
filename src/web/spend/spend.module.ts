import { Module } from '@nestjs/common';
import { SpendPages } from './spend.page.ts';

/** Spend: where money went, down to each transfer. */
@Module({ controllers: [SpendPages] })
export class SpendJourney {}
