import { Module } from '@nestjs/common';
import { FamiliesModule } from '../../families/index.ts';
import { PaymentsModule } from '../../payments/index.ts';
import { SubsistenceModule } from '../../subsistence/index.ts';
import { PutRightPages } from './put-right.page.ts';

/** Putting right the same day what was underpaid, or never arrived. */
@Module({ imports: [FamiliesModule, PaymentsModule, SubsistenceModule], controllers: [PutRightPages] })
export class PutRightJourney {}
