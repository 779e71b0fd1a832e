import { Module } from '@nestjs/common';

/** Money: funds, their budgets, the ledger, and the way from a fund to a family. */
@Module({})
export class MoneyJourney {}
