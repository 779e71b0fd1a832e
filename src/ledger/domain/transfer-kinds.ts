/** What a transfer means. The same list stands in the database; a test compares them. */
export const transferKinds = {
  'budget-set': 1,
  commit: 2,
  free: 3,
  pay: 4,
  use: 5,
  send: 6,
} as const;

/** Names what a transfer means to an auditor. */
export type TransferKind = keyof typeof transferKinds;

/** What an account is for. Accounts of a fund carry its id; the others are the council's own. */
export const accountKinds = [
  ...['budget', 'available', 'committed', 'used', 'spent'],
  ...['payable', 'clearing', 'bank', 'returned', 'recoverable'],
] as const;

/** Names an account that every fund has, for whoever posts to it. */
export type FundAccountKind = 'budget' | 'available' | 'committed' | 'used' | 'spent';
/** Names an account that a council has once, for whoever posts to it. */
export type CouncilAccountKind = 'payable' | 'clearing' | 'bank' | 'returned' | 'recoverable';
