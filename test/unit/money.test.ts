import { DomainError, Money } from '../../src/kernel/index.ts';

describe('an amount of money', () => {
  it('keeps the pennies it was written with', () => {
    expect(Money.gbp('49.18').plus(Money.gbp('0.1')).toString()).toBe('49.28');
  });

  for (const wrong of ['10.005', '1e3', '1,000.00', '£5', '', ' 5', '05', '.5', 'NaN', '1000000000000', '--1']) {
    it(`refuses ${JSON.stringify(wrong)}`, () => {
      expect(() => Money.gbp(wrong)).toThrow(DomainError);
    });
  }

  it('refuses a JS number', () => {
    expect(() => Money.gbp(49.18 as unknown as string)).toThrow(DomainError);
  });

  it('shares an amount out without losing a penny', () => {
    expect(Money.gbp('100.00').allocate([1n, 1n, 1n]).map(String)).toEqual(['33.34', '33.33', '33.33']);
  });
});
