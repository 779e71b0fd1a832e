import { addDays, type PlainDate, plainDate } from '../../kernel/index.ts';
import type { AmountFacts, NoticeFacts, PayDayFacts, ToldPayment } from '../domain/notice-facts.ts';
import type { Speaker } from '../domain/written.ts';

/** Speaks for a made-up council, where words are shown to whoever reviews them. */
export const sampleSpeaker: Speaker = {
  council: 'Northshire Council',
  helpPhone: '020 8000 0000',
  helpEmail: 'families@northshire.example',
  isDiscreet: false,
  link: null,
};

const OLD_DATE = plainDate('2026-12-03');
const NEW_DATE = plainDate('2026-12-01');
const LATER_DATE = plainDate('2026-12-08');

const payment = (arrivesOn: PlainDate, amount: string | null = '142.50', days = 7): ToldPayment => ({
  ...{ arrivesOn, amount, lastsUntil: addDays(arrivesOn, days) },
});

function weekly(from: PlainDate, amount: string | null, weeks: number): ToldPayment[] {
  return Array.from({ length: weeks }, (_, week) => payment(addDays(from, week * 7), amount));
}

const earlier: PayDayFacts = {
  ...{ kind: 'pay-day', oldDate: OLD_DATE, newDate: NEW_DATE, oldDay: 4, newDay: 2, frequencyDays: 7 },
  ...{ payment: payment(NEW_DATE), bridging: null, next: weekly(NEW_DATE, '142.50', 4), urgent: null },
  reason: 'From December we pay every family on the same day.',
};

const later: PayDayFacts = {
  ...earlier,
  ...{ newDate: LATER_DATE, frequencyDays: 14, payment: payment(LATER_DATE, null, 14) },
  bridging: { arrivesOn: OLD_DATE, amount: '101.79', lastsUntil: LATER_DATE },
  next: [payment(LATER_DATE, '285.00', 14), payment(addDays(LATER_DATE, 14), null, 14)],
  urgent: { apology: 'We should have told you sooner.' },
};

const monthly: PayDayFacts = {
  ...earlier,
  ...{ frequencyDays: 28, payment: payment(NEW_DATE, '570.00', 28), next: [payment(NEW_DATE, '570.00', 28)] },
};

const amount: AmountFacts = {
  ...{ kind: 'amount', from: NEW_DATE, weeklyBefore: '98.36', weeklyAfter: '147.54', urgent: null },
  ...{ reason: 'A baby was born.', next: weekly(OLD_DATE, '147.54', 2) },
};

const causes = ['left', 'pregnancy-ended', 'birth-corrected', 'birthday', 'rates'] as const;
const falls = causes.map((because): NoticeFacts => ({ ...amount, because, weeklyAfter: '88.86', reason: '' }));

const recovery: NoticeFacts = {
  ...{ ...amount, because: 'recovery', reason: '', weeklyBefore: '98.36', weeklyAfter: '90.36' },
  recovery: { owed: '24.00', weekly: '8.00', lastOn: OLD_DATE },
};

const explained = {
  reasons: ['You told us that the one you have was repaired.', 'We gave you one last year.'],
  whatWouldChangeIt: ['A letter from a repairer that says it cannot be repaired.'],
  elsewhere: ['The furniture store in Mill Street lends machines.'],
};

const declined: NoticeFacts = {
  ...{ kind: 'decision', outcome: 'declined', about: 'A washing machine.', reviewBy: plainDate('2027-01-15') },
  ...explained,
};

const calendar: NoticeFacts = {
  kind: 'calendar',
  payments: weekly(plainDate('2026-12-17'), '142.50', 3).map((each, index) => ({
    ...each,
    arrivesOn: index === 1 ? plainDate('2026-12-23') : each.arrivesOn,
    isEarly: index === 1,
  })),
};

/** Tells everything that can be told, so that no word of a language stays unseen. */
export const sampleFacts: readonly NoticeFacts[] = [
  ...[earlier, later, monthly, amount, ...falls, recovery],
  { kind: 'end', lastDay: OLD_DATE, lastPayment: payment(NEW_DATE), reason: 'Your stay was settled.', urgent: null },
  { kind: 'end', lastDay: OLD_DATE, lastPayment: payment(NEW_DATE, null), reason: 'You moved away.', urgent: null },
  { kind: 'end', lastDay: OLD_DATE, lastPayment: null, reason: 'You found work.', urgent: null },
  { kind: 'method', from: NEW_DATE, oldEnding: '21', newEnding: '84' },
  { kind: 'method', from: NEW_DATE, oldEnding: '21', newEnding: null },
  {
    ...{ kind: 'accommodation', movesOn: NEW_DATE, newAddress: ['4 Mill Street', 'Northtown', 'NT1 2AB'] },
    ...{ travel: 'A taxi comes at 10 am. It is paid for.', reason: 'Your home is being repaired.', urgent: null },
  },
  {
    ...{ kind: 'pay-day-kept', usualDate: OLD_DATE, notDate: NEW_DATE, payment: payment(OLD_DATE) },
    next: weekly(OLD_DATE, '142.50', 3),
  },
  { kind: 'change-kept', about: 'amount', notOn: OLD_DATE, next: weekly(OLD_DATE, '142.50', 3) },
  { kind: 'change-kept', about: 'end', notOn: OLD_DATE, next: [] },
  { kind: 'change-kept', about: 'accommodation', notOn: OLD_DATE, next: [] },
  {
    ...{ kind: 'early-payment', usualDate: plainDate('2026-12-25'), payment: payment(plainDate('2026-12-24')) },
    urgent: null,
  },
  ...[
    calendar,
    { kind: 'calendar', payments: weekly(OLD_DATE, null, 1).map((each) => ({ ...each, isEarly: false })) } as const,
  ],
  { kind: 'award', amount: '300.00', purpose: 'A bed and bedding.', paidTo: 'Northtown Beds', arrivesOn: OLD_DATE },
  { kind: 'award', amount: '1250.00', purpose: 'A deposit for rent.', paidTo: 'You', arrivesOn: null },
  {
    ...{ kind: 'award', amount: '100.00', purpose: 'Two weeks of rent.', paidTo: null, arrivesOn: null },
    less: { ...explained, asked: '240.00', reviewBy: plainDate('2027-01-15') },
  },
  {
    ...{ kind: 'award', amount: '240.00', purpose: 'Two weeks of rent.', paidTo: null, arrivesOn: null },
    ...{ less: null, isReview: true },
  },
  {
    ...{ kind: 'award', amount: '60.00', purpose: 'Food for three weeks.', paidTo: null, arrivesOn: null },
    cancelled: { amount: '30.00', reasons: ['The food bank gives you these two weeks.'] },
  },
  declined,
  { ...declined, reviewBy: null, isReview: true },
  { ...declined, outcome: 'approved', about: 'School uniform.', reasons: [], whatWouldChangeIt: [], elsewhere: [] },
  { ...declined, reviewBy: null },
  { kind: 'remittance', payment: payment(OLD_DATE), coversFrom: OLD_DATE, reference: 'MS 4711' },
  { kind: 'remittance', payment: payment(OLD_DATE, null), coversFrom: OLD_DATE, reference: 'MS 4712' },
  { kind: 'payment-returned', amount: '142.50', wasDueOn: OLD_DATE },
];
