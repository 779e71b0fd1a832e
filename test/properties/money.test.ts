import fc from 'fast-check';
import { Money } from '../../src/kernel/index.ts';
import { exactPounds, paymentOf } from '../../src/subsistence/domain/entitlement/payment-of.ts';

const MOST = 99_999_999_999_999n;
const pence = fc.oneof(fc.bigInt({ min: -MOST, max: MOST }), fc.bigInt({ min: -200n, max: 200n }));
const amount = pence.map((each) => Money.fromPence(each));
const weights = fc
  .array(fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 10n ** 18n })), { minLength: 1 })
  .filter((each) => each.some((weight) => weight > 0n));
const sevenths = fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.bigInt({ min: 0n, max: 50n }));
const carry = fc.integer({ min: -3, max: 3 });

const sizeOf = (value: bigint): bigint => (value < 0n ? -value : value);

describe('any amount of money', () => {
  it('comes back from its text and from its pence', () => {
    fc.assert(
      fc.property(pence, (each) => {
        const money = Money.fromPence(each);
        expect(money.toPence()).toBe(each);
        expect(Money.gbp(money.toString()).equals(money)).toBe(true);
        expect(money.toString()).toMatch(/^-?(0|[1-9]\d*)\.\d\d$/);
        expect(JSON.stringify({ money })).toBe(`{"money":"${money.toString()}"}`);
      }),
    );
  });

  it('is never a minus nothing', () => {
    for (const nothing of [Money.gbp('-0.00'), Money.zero.negated(), Money.gbp('0').minus(Money.gbp('-0'))])
      expect([nothing.toString(), nothing.toPence(), nothing.isNegative()]).toEqual(['0.00', 0n, false]);
  });

  it('adds and takes away as pence do', () => {
    fc.assert(
      fc.property(pence, pence, pence, (a, b, c) => {
        const [x, y, z] = [a, b, c].map((each) => Money.fromPence(each)) as [Money, Money, Money];
        expect(x.plus(y).toPence()).toBe(a + b);
        expect(x.minus(y).toPence()).toBe(a - b);
        expect(x.plus(y).equals(y.plus(x))).toBe(true);
        expect(
          x
            .plus(y)
            .plus(z)
            .equals(x.plus(y.plus(z))),
        ).toBe(true);
        expect(x.plus(y).minus(y).equals(x)).toBe(true);
        expect(x.minus(y).equals(y.minus(x).negated())).toBe(true);
        expect(Money.sum([x, y, z]).toPence()).toBe(a + b + c);
      }),
    );
  });

  it('is ordered as pence are', () => {
    fc.assert(
      fc.property(pence, pence, (a, b) => {
        const [x, y] = [Money.fromPence(a), Money.fromPence(b)];
        expect(x.compare(y)).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect([x.isZero(), x.isPositive(), x.isNegative()]).toEqual([a === 0n, a > 0n, a < 0n]);
      }),
    );
  });
});

describe('any amount shared out', () => {
  it('loses no penny', () => {
    fc.assert(
      fc.property(amount, weights, (money, each) => {
        expect(Money.sum(money.allocate(each)).equals(money)).toBe(true);
      }),
    );
  });

  it('gives everybody their exact share to within a penny, and nobody without a weight anything', () => {
    fc.assert(
      fc.property(amount, weights, (money, each) => {
        const whole = each.reduce((sum, weight) => sum + weight, 0n);
        for (const [index, share] of money.allocate(each).entries()) {
          const weight = each[index] as bigint;
          expect(sizeOf(share.toPence() * whole - money.toPence() * weight) < whole).toBe(true);
          expect(weight > 0n || share.isZero()).toBe(true);
        }
      }),
    );
  });

  it('gives more to who weighs more, and shares a debt as it shares a gain', () => {
    fc.assert(
      fc.property(amount, weights, (money, each) => {
        const shares = money.allocate(each).map((share) => share.toPence());
        for (const [a, share] of shares.entries())
          for (const [b, other] of shares.entries())
            expect(each[a]! <= each[b]! || sizeOf(share) >= sizeOf(other)).toBe(true);
        const debts = money.negated().allocate(each);
        expect(debts.map((debt) => debt.toPence())).toEqual(shares.map((share) => -share));
      }),
      { numRuns: 50 },
    );
  });

  it('needs somebody to share with', () => {
    for (const nobody of [[], [0n], [1n, -1n], [2n, -1n]])
      expect(() => Money.zero.allocate(nobody)).toThrow(RangeError);
  });
});

describe('any exact amount paid in pennies', () => {
  it('is rounded half up, and leaves from minus three to three sevenths', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), carry, (owed, carriedIn) => {
        const paid = paymentOf(owed, carriedIn);
        expect(paid.carry).toBeGreaterThanOrEqual(-3);
        expect(paid.carry).toBeLessThanOrEqual(3);
        expect(paid.amount.toPence() * 7n + BigInt(paid.carry)).toBe(owed + BigInt(carriedIn));
      }),
    );
  });

  it('is never less than nothing when nothing less is owed', () => {
    fc.assert(
      fc.property(sevenths, carry, (owed, carriedIn) => {
        expect(paymentOf(owed, carriedIn).amount.isNegative()).toBe(false);
      }),
    );
  });

  it('comes, over any number of payments, to what was owed in all', () => {
    fc.assert(
      fc.property(fc.array(sevenths, { minLength: 1 }), (owed) => {
        let [paid, left] = [0n, 0];
        for (const each of owed) {
          const { amount: now, carry: next } = paymentOf(each, left);
          [paid, left] = [paid + now.toPence(), next];
        }
        const all = owed.reduce((sum, each) => sum + each, 0n);
        expect(paid * 7n + BigInt(left)).toBe(all);
        expect(paid).toBe(paymentOf(all).amount.toPence());
      }),
    );
  });

  it('is written to the millionth of a pound', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), (exact) => {
        const text = exactPounds(exact);
        expect(text).toMatch(exact % 7n === 0n ? /^-?\d+\.\d{2}$/ : /^-?\d+\.\d{6}$/);
        const millionths = BigInt(text.replace('.', '')) * (exact % 7n === 0n ? 10_000n : 1n);
        expect(sizeOf(millionths * 7n - exact * 10_000n) <= 3n).toBe(true);
      }),
    );
  });
});
