import { bacsRail } from './bacs/bacs.rail.ts';
import { fasterPaymentsRail } from './faster-payments/faster-payments.rail.ts';
import { pain001Rail } from './pain001/pain001.rail.ts';
import { prepaidCardRail } from './prepaid-card/prepaid-card.rail.ts';
import type { RailName } from './rail-names.ts';
import type { Rail } from './rail.ts';
import { voucherRail } from './voucher/voucher.rail.ts';

/** Every rail by its name. To add one: a folder here, its name in `rail-names.ts`, and a line below. */
export const rails: Readonly<Record<RailName, Rail>> = {
  ...{ bacs: bacsRail, 'prepaid-card': prepaidCardRail, voucher: voucherRail },
  ...{ 'faster-payments': fasterPaymentsRail, pain001: pain001Rail },
};
