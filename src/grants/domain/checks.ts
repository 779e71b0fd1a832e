import { addDays, type PlainDate } from '../../kernel/index.ts';
import type { ApplicationAnswers, ItemAsked } from './grant-application.ts';

/** The checks that stand before an award, in the order they are shown. The database knows the same list. */
export const checkKinds = [
  ...['identity', 'payee', 'same-account', 'same-need', 'same-postcode', 'other-fund', 'cooling-off'],
  ...['fund-rules', 'conflict', 'childs-need', 'safe-contact'],
] as const;
/** `pass`, `fail` (must be put right), or `person` (somebody looks, and writes down what they found). */
export type CheckOutcome = 'pass' | 'fail' | 'person';

/** What one check found. */
export interface CheckFound {
  readonly kind: string;
  readonly outcome: CheckOutcome;
  readonly reason: string;
}

/** What is known beside the application itself. */
export interface CheckFacts {
  readonly today: PlainDate;
  /** Payees that are not approved, or not yet usable, by what they are for; the family's own account included. */
  readonly payeesNotVerified: readonly string[];
  /** References of other families with the same account. */
  readonly sameAccount: readonly string[];
  /** References of families at the same postcode helped with one of the same categories lately. */
  readonly samePostcode: readonly string[];
  readonly safeCheckedOn: PlainDate | null;
  readonly safeForDays: number;
  /** What this family was awarded in the year before, and asks for besides. */
  readonly before: readonly EarlierGrant[];
  readonly fund: FundRules;
}

/** Something this family was awarded, or asks for besides this. */
export interface EarlierGrant {
  readonly applicationId: string;
  readonly fundId: string;
  readonly fundCode: string;
  readonly categories: readonly string[];
  readonly isAwarded: boolean;
  readonly on: PlainDate;
}

/** What a fund allows. Faults of rules that are money are worked out where the money is. */
export interface FundRules {
  readonly id: string;
  readonly coolingOffDays: number;
  /** What breaks a rule of the fund, in words; empty when nothing does. */
  readonly broken: readonly string[];
}

/** Days within which the same need again is looked at by a person. */
const SAME_NEED_DAYS = 365;

/** Checks an application, for the worker who recommends it and the manager who decides: every check, pass or not. */
export function checkApplication(
  answers: ApplicationAnswers,
  items: readonly ItemAsked[],
  facts: CheckFacts,
): CheckFound[] {
  return [
    ...[identity(answers), payee(facts), sameAccount(facts), sameNeed(items, facts), samePostcode(facts)],
    ...[otherFund(facts), coolingOff(facts), fundRules(facts), conflict(answers), childsNeed(answers)],
    safeContact(facts),
  ];
}

function identity({ identitySeen }: ApplicationAnswers): CheckFound {
  return identitySeen
    ? found('identity', 'pass', `Seen: ${identitySeen}`)
    : found('identity', 'fail', 'Nobody has written down whose identity was seen, and how.');
}

function payee({ payeesNotVerified }: CheckFacts): CheckFound {
  return payeesNotVerified.length === 0
    ? found('payee', 'pass', 'Two people stand for the bank details of everybody who is paid.')
    : found(
        'payee',
        'fail',
        `Not yet approved by a second person, or not yet usable: ${payeesNotVerified.join(', ')}.`,
      );
}

function sameAccount({ sameAccount: others }: CheckFacts): CheckFound {
  return others.length === 0
    ? found('same-account', 'pass', 'No other family has the same account.')
    : found('same-account', 'person', `The same account is held for ${others.join(', ')}.`);
}

function sameNeed(items: readonly ItemAsked[], { before, today }: CheckFacts): CheckFound {
  const asked = new Set(items.map((item) => item.category));
  const since = addDays(today, -SAME_NEED_DAYS);
  const alike = before.filter((each) => each.on >= since && each.categories.some((category) => asked.has(category)));
  return alike.length === 0
    ? found('same-need', 'pass', 'Nothing like it was asked for in the past year.')
    : found('same-need', 'person', `The same need: ${alike.map(named).join(', ')}.`);
}

function samePostcode({ samePostcode: others }: CheckFacts): CheckFound {
  return others.length === 0
    ? found('same-postcode', 'pass', 'Nobody at the same postcode was helped with the same lately.')
    : found('same-postcode', 'person', `Helped with the same at this postcode: ${others.join(', ')}.`);
}

function otherFund({ before, fund }: CheckFacts): CheckFound {
  const others = before.filter((each) => each.fundId !== fund.id);
  return others.length === 0
    ? found('other-fund', 'pass', 'No other fund helps this family at the moment.')
    : found('other-fund', 'person', `Another fund: ${others.map(named).join(', ')}.`);
}

function coolingOff({ before, fund, today }: CheckFacts): CheckFound {
  if (fund.coolingOffDays === 0) return found('cooling-off', 'pass', 'This fund sets no time between two awards.');
  const since = addDays(today, -fund.coolingOffDays);
  const last = before.find((each) => each.isAwarded && each.fundId === fund.id && each.on > since);
  return last
    ? found('cooling-off', 'fail', `${named(last)}; the fund waits ${fund.coolingOffDays} days between two awards.`)
    : found('cooling-off', 'pass', `No award of this fund in the past ${fund.coolingOffDays} days.`);
}

function fundRules({ fund }: CheckFacts): CheckFound {
  return fund.broken.length === 0
    ? found('fund-rules', 'pass', 'The fund may pay this.')
    : found('fund-rules', 'fail', fund.broken.join(' '));
}

function conflict({ conflict: declared, conflictWords }: ApplicationAnswers): CheckFound {
  if (declared === null) return found('conflict', 'fail', 'Nobody has said whether they know the family or a payee.');
  return declared === 'no'
    ? found('conflict', 'pass', 'The worker knows neither the family nor a payee.')
    : found('conflict', 'person', `The worker declares: ${conflictWords}`);
}

function childsNeed({ childNeed }: ApplicationAnswers): CheckFound {
  return childNeed
    ? found('childs-need', 'pass', 'Written down.')
    : found('childs-need', 'fail', 'Nobody has written down what it means for the child.');
}

function safeContact({ safeCheckedOn, safeForDays, today }: CheckFacts): CheckFound {
  if (safeCheckedOn === null)
    return found('safe-contact', 'fail', 'Nobody has asked the family which ways of telling it are safe.');
  return safeCheckedOn < addDays(today, -safeForDays)
    ? found('safe-contact', 'fail', `The family was last asked on ${written(safeCheckedOn)}: ask again.`)
    : found('safe-contact', 'pass', `The family was asked on ${written(safeCheckedOn)}.`);
}

function found(kind: (typeof checkKinds)[number], outcome: CheckOutcome, reason: string): CheckFound {
  return { kind, outcome, reason };
}

function named({ applicationId, fundCode, isAwarded, on }: EarlierGrant): string {
  return `application ${applicationId} to ${fundCode}, ${isAwarded ? 'awarded' : 'begun'} on ${written(on)}`;
}

/** Writes a day for whoever reads a reason: `4 December 2026`. */
function written(day: PlainDate): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
}
