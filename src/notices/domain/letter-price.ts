import { Money } from '../../kernel/index.ts';
import type { Postage } from '../../identity/index.ts';

/** Tenths of a penny for a letter of one sheet, without tax, from July 2026. */
const TENTHS_OF_A_PENNY = { first: 1560n, second: 730n, economy: 638n } as const satisfies Record<Postage, bigint>;

/** Gives what so many letters of one sheet cost, in pounds: whole pence, rounded up once. */
export function letterPrice(letters: number, postage: Postage): Money {
  return Money.fromPence((BigInt(letters) * TENTHS_OF_A_PENNY[postage] + 9n) / 10n);
}
