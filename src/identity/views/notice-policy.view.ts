import type { Transaction } from '../../platform/index.ts';

/** How fast the council's letters travel. */
export const postages = ['first', 'second', 'economy'] as const;
/** One of the speeds a letter may travel at. */
export type Postage = (typeof postages)[number];

/** What a council has decided about telling families of changes. */
export interface NoticePolicy {
  /** Clear days a family is told before a date or amount changes. */
  readonly noticeDays: number;
  /** Clear days a family is told before its support ends. */
  readonly endingNoticeDays: number;
  readonly payDayChangeNeedsApproval: boolean;
  readonly helpPhone: string | null;
  readonly helpEmail: string | null;
  /** The council's lines on letters, the postcode last; null until somebody has written them. */
  readonly returnAddress: readonly string[] | null;
  readonly postage: Postage;
}

/** The columns of a policy, of `identity.authority`. */
export const POLICY = `notice_days as "noticeDays", ending_notice_days as "endingNoticeDays",
  pay_day_change_needs_approval as "payDayChangeNeedsApproval", help_phone as "helpPhone", help_email as "helpEmail",
  return_address as "returnAddress", postage`;

/** Reads the policy of the council of this transaction, with what its notices and letters call it. */
export function noticePolicy(tx: Transaction): Promise<NoticePolicy & { councilName: string; colour: string }> {
  return tx.one(
    `select ${POLICY}, coalesce(display_name, name) as "councilName", colour
       from identity.authority where authority_id = $1`,
    [tx.actor.authorityId],
  );
}
