import type { Transaction } from '../../platform/index.ts';
import type { NoticePolicy } from '../domain/notice-policy.ts';

/** The columns of a policy, of `identity.authority`. */
export const POLICY = `notice_days as "noticeDays", ending_notice_days as "endingNoticeDays",
  pay_day_change_needs_approval as "payDayChangeNeedsApproval", review_ask_days as "reviewAskDays", review_answer_days as "reviewAnswerDays",
  help_phone as "helpPhone", help_email as "helpEmail",
  return_address as "returnAddress", postage, letters_printed_here as "lettersPrintedHere"`;

/** Reads the policy of the council of this transaction, with what its notices and letters call it. */
export function noticePolicy(tx: Transaction): Promise<NoticePolicy & { councilName: string; colour: string }> {
  return tx.one(
    `select ${POLICY}, coalesce(display_name, name) as "councilName", colour
       from identity.authority where authority_id = $1`,
    [tx.actor.authorityId],
  );
}
