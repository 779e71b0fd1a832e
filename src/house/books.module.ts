import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/index.ts';
import { PaymentsModule } from '../payments/index.ts';
import { VerificationsController } from './verifications.controller.ts';
import { VerifyBooks } from './verify-books.job.ts';

/** Proving the books of a council, across the rooms. */
@Module({
  imports: [OutboxModule, PaymentsModule],
  controllers: [VerificationsController],
  providers: [VerifyBooks],
  exports: [VerifyBooks],
})
export class BooksModule {}
