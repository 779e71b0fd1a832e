import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type AccountReplaced, BankDetailsOutcomes } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { tieToBankDetails } from '../store/method-notice.store.ts';
import { draftNotices } from './draft-notices.ts';
import { serveNotices } from './serve-notices.ts';

/** Tells a family that its money is to go to another account, in the step that approves it: a stranger's change is noticed. */
@Injectable()
export class TellOfAccount implements OnModuleInit {
  constructor(private readonly outcomes: BankDetailsOutcomes) {}

  onModuleInit(): void {
    this.outcomes.whenReplaced((tx, replaced) => this.tell(tx, replaced));
  }

  async tell(tx: Transaction, { familyId, instrumentId, ...account }: AccountReplaced): Promise<void> {
    const { usableFrom: from, oldEnding, newEnding } = account;
    const facts = { kind: 'method', from, oldEnding, newEnding } as const;
    const [noticeId = ''] = await draftNotices(tx, [{ familyId, facts, affectsOn: null, noticeDays: 0 }]);
    await tieToBankDetails(tx, instrumentId, noticeId);
    await serveNotices(tx, [noticeId]);
  }
}
