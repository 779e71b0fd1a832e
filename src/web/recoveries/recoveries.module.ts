import { Module } from '@nestjs/common';
import { FamiliesModule } from '../../families/index.ts';
import { SubsistenceModule } from '../../subsistence/index.ts';
import { AgreeRecoveryPages } from './agree.page.ts';
import { RecoveryFloorPages } from './floor.page.ts';
import { GiveUpPages } from './give-up.page.ts';
import { RecoveryPages } from './recovery.page.ts';

/** Recovering overpayments as families agreed to: agreeing, deciding, pausing, giving up, and the floor. */
@Module({
  imports: [FamiliesModule, SubsistenceModule],
  controllers: [AgreeRecoveryPages, GiveUpPages, RecoveryFloorPages, RecoveryPages],
})
export class RecoveriesJourney {}
