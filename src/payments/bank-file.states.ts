import type { Transitions } from '../kernel/index.ts';

/** Every state of a bank file's life, in the order it goes through them when all goes well; then the others. */
export const bankFileStateNames = [
  ...(['exported', 'submitting', 'submitted', 'accepted', 'settled'] as const),
  ...(['unknown', 'rejected', 'not_arrived'] as const),
] as const;
export type BankFileState = (typeof bankFileStateNames)[number];

export type BankFileCommand = 'begin' | 'hand_in' | 'lose' | 'accept' | 'reject' | 'not_arrive' | 'settle';

/**
 * The life of a bank file on one screen. `begin` is the intent, written down before anybody hands the file in. A file
 * whose answer was lost asks a person; no edge leads back to handing it in.
 */
export const bankFileStates: Transitions<BankFileState, BankFileCommand> = {
  exported: { begin: 'submitting' },
  submitting: { hand_in: 'submitted', lose: 'unknown', accept: 'accepted', reject: 'rejected' },
  submitted: { lose: 'unknown', accept: 'accepted', reject: 'rejected' },
  unknown: { accept: 'accepted', reject: 'rejected', not_arrive: 'not_arrived' },
  accepted: { settle: 'settled' },
  rejected: {},
  not_arrived: {},
  settled: {},
};
