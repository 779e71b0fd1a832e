import { Module } from '@nestjs/common';

/** Administration: people, limits, teams, rates, pay days, branding. */
@Module({})
export class AdministrationJourney {}
