import fc from 'fast-check';
import { fullBucket, takeTokens } from '../../src/notices/index.ts';

const step = fc.record({ waitMs: fc.integer({ min: 0, max: 30_000 }), wanted: fc.integer({ min: 0, max: 1500 }) });
const anySteps = fc.array(step, { minLength: 1, maxLength: 60 });

describe('any sender that asks the bucket first', () => {
  it('never goes over the burst and 50 a second, over any span of time', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const grants = grantsOf(steps);
        for (let from = 0; from < grants.length; from += 1) {
          let sum = 0;
          for (const { at, granted } of grants.slice(from)) {
            sum += granted;
            expect(sum).toBeLessThanOrEqual(1000 + ((at - (grants[from]?.at ?? 0)) * 50) / 1000 + 1);
          }
        }
      }),
    );
  });

  it('is given as many as were wanted whenever there are as many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 60_000 }), (wanted, waitMs) => {
        expect(takeTokens(fullBucket(0), waitMs, wanted).granted).toBe(wanted);
      }),
    );
  });

  it('loses nothing by asking often: small sips come to as much as one long wait', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 100 }), (waits) => {
        const empty = { tokens: 0, at: 0 };
        let [now, bucket, sips] = [0, empty, 0];
        for (const wait of waits) {
          now += wait;
          const taken = takeTokens(bucket, now, 1000);
          sips += taken.granted;
          ({ bucket } = taken);
        }
        expect(sips).toBe(takeTokens(empty, now, 1000).granted);
      }),
    );
  });

  it('waits just long enough: one more can be had then, and not a millisecond before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), (now) => {
        const { bucket, waitMs } = takeTokens(takeTokens(fullBucket(0), 0, 1000).bucket, now, 1000);
        expect(takeTokens(bucket, now + waitMs, 1).granted).toBe(1);
        expect(takeTokens(bucket, now + waitMs - 1, 1).granted).toBe(0);
      }),
    );
  });

  it('is neither richer nor poorer for a clock that goes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 100_000 }), (wanted, back) => {
        const { bucket } = takeTokens(fullBucket(100_000), 100_000, wanted);
        expect(takeTokens(bucket, 100_000 - back, 0).bucket.tokens).toBe(bucket.tokens);
      }),
    );
  });
});

function grantsOf(steps: readonly { waitMs: number; wanted: number }[]): { at: number; granted: number }[] {
  let [now, bucket] = [0, fullBucket(0)];
  return steps.map(({ waitMs, wanted }) => {
    now += waitMs;
    const taken = takeTokens(bucket, now, wanted);
    ({ bucket } = taken);
    return { at: now, granted: taken.granted };
  });
}
