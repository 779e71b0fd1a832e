import fc from 'fast-check';
import { addDays, type PlainDate, plainDate } from '../../src/kernel/index.ts';
import type { NoticeFacts, NoticeKind } from '../../src/notices/index.ts';
import type { ToldPayment } from '../../src/notices/domain/notice-facts.ts';

/** Any day a family may be told of. */
export const anyDay: fc.Arbitrary<PlainDate> = fc
  .integer({ min: 0, max: 1500 })
  .map((days) => addDays(plainDate('2026-01-01'), days));

const anyAmount = fc
  .integer({ min: 1, max: 999_999 })
  .map((pence) => `${Math.floor(pence / 100)}.${`${pence % 100}`.padStart(2, '0')}`);
const anyWords = fc.constantFrom(
  'We pay everybody on one day now.',
  'A baby was born.',
  'You asked for it.\nWe agreed.',
);
const anyEnding = fc.stringMatching(/^[0-9]{2}$/);
const orNone = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const anyPayment: fc.Arbitrary<ToldPayment> = fc.record({
  ...{ arrivesOn: anyDay, amount: orNone(anyAmount), lastsUntil: anyDay },
});
const urgent = orNone(fc.record({ apology: anyWords }));
const next = fc.array(anyPayment, { maxLength: 8 });
const anyTexts = fc.array(anyWords, { maxLength: 3 });
const is = <Kind extends NoticeKind>(kind: Kind) => fc.constant(kind);

const anyMove = fc.record({
  ...{ kind: is('pay-day'), oldDate: anyDay, newDate: anyDay, payment: anyPayment, reason: anyWords, next, urgent },
  ...{ oldDay: fc.integer({ min: 1, max: 5 }), newDay: fc.integer({ min: 1, max: 5 }) },
  frequencyDays: fc.constantFrom(7 as const, 14 as const, 28 as const),
  bridging: orNone(fc.record({ arrivesOn: anyDay, amount: anyAmount, lastsUntil: anyDay })),
});

/** Any notice of any kind. */
export const anyNotice: fc.Arbitrary<NoticeFacts> = fc.oneof(
  anyMove.map((facts) => ({ ...facts, payment: { ...facts.payment, arrivesOn: facts.newDate } })),
  fc.record({
    ...{ kind: is('amount'), from: anyDay, weeklyBefore: anyAmount, weeklyAfter: anyAmount },
    ...{ reason: anyWords, next, urgent },
  }),
  fc.record({ kind: is('end'), lastDay: anyDay, lastPayment: orNone(anyPayment), reason: anyWords, urgent }),
  fc.record({ kind: is('method'), from: anyDay, oldEnding: orNone(anyEnding), newEnding: anyEnding }),
  fc.record({
    ...{ kind: is('accommodation'), movesOn: anyDay, newAddress: fc.constant(['4 Mill Street', 'NT1 2AB']) },
    ...{ travel: orNone(anyWords), reason: anyWords, urgent },
  }),
  fc.record({ kind: is('early-payment'), usualDate: anyDay, payment: anyPayment, urgent }),
  fc.record({
    kind: is('calendar'),
    payments: fc.array(
      fc.tuple(anyPayment, fc.boolean()).map(([payment, isEarly]) => ({ ...payment, isEarly })),
      { maxLength: 13 },
    ),
  }),
  fc.record({
    ...{ kind: is('award'), amount: anyAmount, purpose: anyWords, arrivesOn: orNone(anyDay) },
    paidTo: fc.constant('Northtown Beds'),
  }),
  fc.record({
    ...{ kind: is('decision'), outcome: fc.constantFrom('approved' as const, 'declined' as const), about: anyWords },
    ...{ reasons: anyTexts, whatWouldChangeIt: anyTexts, elsewhere: anyTexts, reviewBy: orNone(anyDay) },
  }),
  fc.record({ kind: is('remittance'), payment: anyPayment, coversFrom: anyDay, reference: fc.constant('MS 4711') }),
  fc.record({ kind: is('payment-returned'), amount: anyAmount, wasDueOn: anyDay }),
);
