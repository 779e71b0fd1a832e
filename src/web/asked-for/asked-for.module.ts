import { Module } from '@nestjs/common';
import { GrantsModule } from '../../grants/index.ts';
import { AskedForPage } from './asked-for.page.ts';
import { TakeUpPages } from './take-up.page.ts';

/** What agencies and families asked for, taken up by workers. */
@Module({ imports: [GrantsModule], controllers: [AskedForPage, TakeUpPages] })
export class AskedForJourney {}
