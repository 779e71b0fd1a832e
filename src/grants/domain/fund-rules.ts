import { Money } from '../../kernel/index.ts';

/** What a fund allows an award. Amounts are text; null is no rule. */
export interface AwardRules {
  readonly buys: readonly string[] | null;
  readonly awardCap: string | null;
  readonly familyCap: string | null;
  readonly emergencyCap: string | null;
  readonly spentBy: readonly string[] | null;
}

/** What is held against the rules. */
export interface AwardAsked {
  readonly categories: readonly string[];
  readonly amount: Money;
  readonly isEmergency: boolean;
  /** What the family was awarded of this fund since the financial year began. */
  readonly thisYear: Money;
  /** The team of the worker. */
  readonly team: string | null;
}

/** Says, in words, every rule of a fund that an award would break; the database refuses the same. */
export function brokenRules(rules: AwardRules, asked: AwardAsked): string[] {
  const broken: string[] = [];
  const not = asked.categories.filter((category) => rules.buys && !rules.buys.includes(category));
  if (not.length > 0) broken.push(`The fund may not buy: ${not.join(', ')}.`);
  if (isAbove(asked.amount, rules.awardCap)) broken.push(`The fund awards at most £${rules.awardCap} at once.`);
  if (isAbove(asked.amount.plus(asked.thisYear), rules.familyCap))
    broken.push(
      `The fund awards a family at most £${rules.familyCap} a year; this one has had £${asked.thisYear.toString()}.`,
    );
  if (asked.isEmergency && rules.emergencyCap === null) broken.push('The fund pays nobody the same day.');
  else if (asked.isEmergency && isAbove(asked.amount, rules.emergencyCap))
    broken.push(`The fund pays at most £${rules.emergencyCap} the same day.`);
  if (rules.spentBy && !rules.spentBy.includes(asked.team ?? ''))
    broken.push(`The fund is spent by: ${rules.spentBy.join(', ')}.`);
  return broken;
}

function isAbove(amount: Money, cap: string | null): boolean {
  return cap !== null && amount.compare(Money.gbp(cap)) > 0;
}
