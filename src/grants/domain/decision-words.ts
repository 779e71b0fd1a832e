import { Money, type ProblemItem } from '../../kernel/index.ts';

/** What a family is told with a decision, as whoever decides writes it: one reason on each line. */
export interface DecisionWords {
  readonly reason: string;
  /** What would change the answer, one thing on each line. */
  readonly wouldChange?: string;
  /** Numbers of the signposts a family is sent on to. */
  readonly signposts?: readonly string[];
}

/** Gives what somebody wrote, a line each, without empty ones. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== '');
}

/** Says, for whoever refuses, what a refusal still lacks: a family is told why, what would change it and where else to go. */
export function refusalLacks({ reason, wouldChange = '', signposts = [] }: DecisionWords): ProblemItem[] {
  const lacks: ProblemItem[] = [];
  if (linesOf(reason).length === 0)
    lacks.push({ field: 'reason', reason: 'Say why, in words the family understands.' });
  if (linesOf(wouldChange).length === 0)
    lacks.push({ field: 'wouldChange', reason: 'Say what would change the answer.' });
  if (signposts.length === 0) lacks.push({ field: 'signposts', reason: 'Choose where else the family can get help.' });
  return lacks;
}

/** Says whether less is given than was asked for: then the family is told why, and may ask for a review. */
export function isLess(asked: string, given: string): boolean {
  return Money.gbp(given).compare(Money.gbp(asked)) < 0;
}
