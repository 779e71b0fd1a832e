import { exactPounds, paymentOf } from '../../src/subsistence/domain/entitlement/payment-of.ts';

describe('an exact amount paid in pennies', () => {
  for (const [sevenths, amount, carry] of [
    [0n, '0.00', 0],
    [7n, '0.01', 0],
    [3n, '0.00', 3],
    [4n, '0.01', -3],
    [34_426n, '49.18', 0],
    [34_429n, '49.18', 3],
    [34_430n, '49.19', -3],
    [-3n, '0.00', -3],
    [-4n, '-0.01', 3],
    [-7n, '-0.01', 0],
  ] as const)
    it(`is £${amount} for ${sevenths} sevenths of a penny, and leaves ${carry}`, () => {
      const paid = paymentOf(sevenths);
      expect([paid.amount.toString(), paid.carry]).toEqual([amount, carry]);
    });

  it('takes in what the last payment left', () => {
    expect(paymentOf(4n, -1)).toMatchObject({ carry: 3 });
    expect(paymentOf(0n, 3).amount.toString()).toBe('0.00');
    expect(paymentOf(1n, 3).amount.toString()).toBe('0.01');
  });
});

describe('an exact amount in writing', () => {
  for (const [sevenths, text] of [
    [0n, '0.00'],
    [7n, '0.01'],
    [1n, '0.001429'],
    [4918n, '7.025714'],
    [49_180n, '70.257143'],
    [-4918n, '-7.025714'],
    [-1n, '-0.001429'],
    [-700n, '-1.00'],
    [700_000_001n, '1000000.001429'],
  ] as const)
    it(`is ${text} for ${sevenths} sevenths of a penny`, () => {
      expect(exactPounds(sevenths)).toBe(text);
    });
});
