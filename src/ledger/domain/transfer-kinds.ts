/** What a transfer means. The same list stands in the database; a test compares them. */
export const transferKinds = {
  'budget-set': 1,
  commit: 2,
  free: 3,
  pay: 4,
  use: 5,
  send: 6,
  'move-out': 7,
  'move-in': 8,
  'bank-out': 41,
  'bank-in': 42,
  settle: 43,
  receive: 44,
  unsettle: 45,
  unreceive: 46,
  'write-off-out': 47,
  'write-off-in': 48,
  'council-out': 49,
  'council-in': 50,
  return: 20,
  reissue: 21,
  'not-taken': 22,
  'send-again': 23,
  'give-back': 24,
  'put-back': 25,
  'not-given-back': 26,
  'use-again': 27,
  'not-spent': 28,
  'not-used': 29,
  'owed-back': 60,
  'paid-back': 61,
  'not-owed-back': 62,
} as const;

/** Names what a transfer means to an auditor. */
export type TransferKind = keyof typeof transferKinds;

/** Every kind by name, for whoever narrows a journal to one. */
export const transferKindNames = Object.keys(transferKinds) as TransferKind[];

/** The accounts every fund has; each carries the fund's id. */
export const fundAccountKinds = ['budget', 'available', 'committed', 'used', 'spent'] as const;
/** The accounts a council has once. */
export const councilAccountKinds = [
  ...(['payable', 'clearing', 'bank', 'returned', 'recoverable'] as const),
  ...(['suspense', 'written-off', 'council', 'overpaid'] as const),
] as const;

/** Every kind of account, those of funds first. */
export const accountKinds = [...fundAccountKinds, ...councilAccountKinds] as const;

/** Names an account that every fund has, for whoever posts to it. */
export type FundAccountKind = (typeof fundAccountKinds)[number];
/** Names an account that a council has once, for whoever posts to it. */
export type CouncilAccountKind = (typeof councilAccountKinds)[number];
