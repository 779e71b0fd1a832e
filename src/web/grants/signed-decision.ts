import { z } from 'zod';
import type { ItemAwarded } from '../../grants/index.ts';
import { inputRefused, paragraphs, words } from '../../platform/index.ts';
import { type Form, read } from '../pages/index.ts';
import { whyNotAnswers } from './why-not.ts';

/** What a person said of an application or a review, on exactly what they saw. */
interface SignedDecision<Outcome extends string> {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly fingerprint: string;
  readonly interest: { readonly declared: 'none' | 'conflict'; readonly about: string };
  readonly wouldChange?: string;
  readonly signposts?: string[];
  readonly awarded?: ItemAwarded[];
}

/** What a form can come to. */
interface Outcomes<Outcome extends string> {
  readonly all: readonly [Outcome, ...Outcome[]];
  /** What is handed on for somebody who may not decide: nothing is made of it. */
  readonly inConflict: Outcome;
  /** The one that gives amounts. */
  readonly awards: Outcome;
}

export const CONFLICT_NOTED = 'Your conflict of interest is on record. Somebody else decides.';

/** Reads a decision. Whoever has a conflict of interest says so, and decides nothing. @throws input_refused */
export function signedIn<Outcome extends string>(form: Form, outcomes: Outcomes<Outcome>): SignedDecision<Outcome> {
  const said = z.object({
    outcome: z.enum(outcomes.all, 'Choose what you decide.').optional(),
    interest: z.enum(['none', 'conflict'], 'Say first whether you know the family or a payee.'),
    about: words(500).optional(),
    reason: paragraphs(2000).optional(),
    ...whyNotAnswers,
    fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  });
  const { outcome, interest, about = '', reason = '', ...given } = read(said, form);
  const { fingerprint, wouldChange = '', signposts = [] } = given;
  const declared = { declared: interest, about };
  if (interest === 'conflict' && !about) throw refused('about', 'Say how you know them.');
  if (interest === 'conflict') return { outcome: outcomes.inConflict, reason: about, fingerprint, interest: declared };
  if (!outcome) throw refused('outcome', 'Choose what you decide.');
  const awarded = outcome === outcomes.awards ? awardedOf(form) : [];
  return { outcome, reason, wouldChange, signposts, fingerprint, awarded, interest: declared };
}

function refused(field: string, reason: string): Error {
  return inputRefused('One answer needs another look.', [{ field, reason }]);
}

/** Reads what each item is awarded, from boxes named after them. @throws input_refused */
function awardedOf(form: Form): ItemAwarded[] {
  return Object.entries(form).flatMap(([name, value]) => {
    const itemId = /^awarded\.(\d{1,18})$/.exec(name)?.[1];
    if (!itemId) return [];
    const amount = String(value).replaceAll(/[£,\s]/g, '');
    if (!/^(0|[1-9]\d{0,8})(\.\d{1,2})?$/.test(amount))
      throw inputRefused('One amount needs another look.', [
        { field: name, reason: 'Enter pounds and pence, such as 49.50; 0 for nothing.' },
      ]);
    return [{ itemId, amount }];
  });
}
