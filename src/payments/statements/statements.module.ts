import { Module } from '@nestjs/common';
import { ImportStatement } from './actions/import-statement.action.ts';
import { StatementsController } from './http/statements.controller.ts';

const actions = [ImportStatement];

/** Bank statements: taken in, matched, tied out. */
@Module({ controllers: [StatementsController], providers: [...actions], exports: [...actions] })
export class StatementsModule {}
