import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../../approvals/index.ts';
import { CalendarModule } from '../../calendar/index.ts';
import { ClosedApprovalsPages } from './closed-approvals.page.ts';
import { MyLimitsPages } from './my-limits.page.ts';
import { RequestPages } from './request.page.ts';
import { SignaturesPages } from './signatures.page.ts';

/** A person's limits and stand-ins, one request with its signatures, and the rules of approvals. */
@Module({
  imports: [ApprovalsModule, CalendarModule],
  controllers: [MyLimitsPages, RequestPages, SignaturesPages, ClosedApprovalsPages],
})
export class ApprovalsJourney {}
