import type { PaymentOver500 } from '../../reporting/index.ts';
import { csvRow } from '../../platform/index.ts';

const HEAD = ['Body Name', 'Month', 'Date', 'Beneficiary', 'Fund', 'Purpose', 'Amount'];
const FEW = 'left out: fewer than five households';

/** Writes payments over £500 as councils publish them: to whom is never said. */
export function over500Csv(council: string, payments: readonly PaymentOver500[]): string {
  const rows = payments.map(({ month, day, fund, purpose, amount }) => [
    ...[council, month, day ?? FEW, 'REDACTED PERSONAL DATA', fund, purpose, amount ?? FEW],
  ]);
  return [HEAD, ...rows].map(csvRow).join('');
}
