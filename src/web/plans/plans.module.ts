import { Module } from '@nestjs/common';
import { SubsistenceModule } from '../../subsistence/index.ts';
import { CalculatorPages } from './calculator/calculator.page.ts';
import { ChangePlanPages } from './change/change-plan.page.ts';
import { ImportPages } from './import/import.page.ts';
import { NewPlanPages } from './new/new-plan.page.ts';

/** Support plans: proposing, changing and ending one; what a family would get; taking families in from a file. */
@Module({ imports: [SubsistenceModule], controllers: [NewPlanPages, ChangePlanPages, CalculatorPages, ImportPages] })
export class PlansJourney {}
