import type { Transitions } from '../kernel/index.ts';

export type VoucherState = 'issued' | 'redeemed' | 'expired';
export type VoucherCommand = 'redeem' | 'expire';

/** A voucher is cashed, or its day passes and the money comes back. */
export const voucherStates: Transitions<VoucherState, VoucherCommand> = {
  issued: { redeem: 'redeemed', expire: 'expired' },
  redeemed: {},
  expired: {},
};
