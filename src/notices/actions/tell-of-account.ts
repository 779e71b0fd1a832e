import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type AccountReplaced, BankDetailsOutcomes, oldContactsToTell } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { tieToBankDetails, tieToOldContact } from '../store/method-notice.store.ts';
import { draftNotices } from './draft-notices.ts';
import { serveNotices } from './serve-notices.ts';

/**
 * Tells a family that its money is to go to another account, in the step that approves it: a stranger's change is noticed.
 *
 * Where it was reached until just before it is told too (decision 0046).
 */
@Injectable()
export class TellOfAccount implements OnModuleInit {
  constructor(private readonly outcomes: BankDetailsOutcomes) {}

  onModuleInit(): void {
    this.outcomes.whenReplaced((tx, replaced) => this.tell(tx, replaced));
  }

  async tell(tx: Transaction, { familyId, instrumentId, ...account }: AccountReplaced): Promise<void> {
    const { usableFrom: from, oldEnding, newEnding } = account;
    const facts = { kind: 'method', from, oldEnding, newEnding } as const;
    const notice = { familyId, facts, affectsOn: null, noticeDays: 0 };
    const contacts = await oldContactsToTell(tx, instrumentId);
    const [noticeId = '', ...others] = await draftNotices(tx, [notice, ...contacts.map(() => notice)]);
    await tieToBankDetails(tx, instrumentId, noticeId);
    for (const [index, { id: formerContactId }] of contacts.entries())
      await tieToOldContact(tx, { instrumentId, noticeId: others[index] ?? '', formerContactId });
    await serveNotices(tx, [noticeId, ...others]);
  }
}
