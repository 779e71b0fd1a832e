import { Module } from '@nestjs/common';

/** Support plans: proposing, changing and ending one; what a family would get; taking families in from a file. */
@Module({})
export class PlansJourney {}
