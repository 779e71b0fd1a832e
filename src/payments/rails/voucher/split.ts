/**
 * Splits a payment into vouchers none of which is above what one may come to, the largest first.
 * @param most what one voucher may come to, in pence, above nought
 */
export function voucherAmounts(pence: bigint, most: bigint): bigint[] {
  if (most <= 0n || pence <= 0n) throw new RangeError('vouchers are of more than nothing');
  const amounts: bigint[] = [];
  for (let left = pence; left > 0n; left -= most) amounts.push(left < most ? left : most);
  return amounts;
}
