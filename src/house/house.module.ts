import { type DynamicModule, Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/index.ts';
import { AuditModule } from '../audit/index.ts';
import { BooksModule } from './books.module.ts';
import { CalendarModule } from '../calendar/index.ts';
import { FamiliesModule } from '../families/index.ts';
import { FundsModule } from '../funds/index.ts';
import { GrantsModule } from '../grants/index.ts';
import { IdentityModule } from '../identity/index.ts';
import { LedgerModule } from '../ledger/index.ts';
import { NoticesModule } from '../notices/index.ts';
import { OutboxModule } from '../outbox/index.ts';
import { PaymentsModule } from '../payments/index.ts';
import { PlatformModule, type ReadyConfig } from '../platform/index.ts';
import { ReportingModule } from '../reporting/index.ts';
import { SubsistenceModule } from '../subsistence/index.ts';

/** Every room under one roof: the same house for web, worker and CLI. */
@Module({})
export class HouseModule {
  static with(config: ReadyConfig, processName: string): DynamicModule {
    return {
      module: HouseModule,
      imports: [
        ...[PlatformModule.with(config, processName), AuditModule, OutboxModule, IdentityModule, CalendarModule],
        ...[
          LedgerModule,
          ApprovalsModule,
          FundsModule,
          FamiliesModule,
          NoticesModule,
          PaymentsModule,
          SubsistenceModule,
          GrantsModule,
          BooksModule,
        ],
        ReportingModule,
      ],
    };
  }
}
