import { Money, type PlainDate, type ProblemItem } from '../../kernel/index.ts';
import type { RecoveryAgreed } from '../store/recovery.store.ts';

/** What a recovery is held against. */
export interface RecoveryBounds {
  readonly mostWeekly: string;
  readonly owed: { readonly left: string };
  readonly choices: readonly { readonly coversFrom: PlainDate }[];
}

/** Says what is wrong with an agreement, place by place, for whoever writes it down. */
export function faultsOfRecovery(agreed: RecoveryAgreed, bounds: RecoveryBounds, today: PlainDate): ProblemItem[] {
  const faults: ProblemItem[] = [];
  const say = (field: string, reason: string): void => void faults.push({ field, reason });
  const weekly = Money.gbp(agreed.weekly).toPence();
  if (weekly <= 0n) say('weekly', 'Say how much a week.');
  else if (weekly > Money.gbp(bounds.mostWeekly).toPence())
    say('weekly', `The floor leaves at most £${bounds.mostWeekly} of each week.`);
  else if (weekly > Money.gbp(bounds.owed.left).toPence())
    say('weekly', `Only £${bounds.owed.left} is left to pay back.`);
  if (!bounds.choices.some((each) => each.coversFrom === agreed.startsOn))
    say('startsOn', 'Choose the first smaller payment among those the family can be told of in time.');
  if (agreed.agreedOn > today) say('agreedOn-day', 'It was agreed today or before.');
  if (!agreed.agreedWith.trim()) say('agreedWith', 'Say who of the family agreed.');
  if (!agreed.explainedIn.trim()) say('explainedIn', 'Say in which language it was explained.');
  if (!agreed.evidence.trim()) say('evidence', 'Say how it was agreed: a visit, a call, a letter.');
  return faults;
}
