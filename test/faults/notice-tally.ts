/** What the database and the stand-in's own receipts say of telling families. */
export interface Telling {
  /** References of every message that was to be sent. */
  readonly attempts: readonly string[];
  /** References as the stand-in took them in, as often as it did. */
  readonly accepted: readonly string[];
  /** States of the families' changes. */
  readonly changes: readonly string[];
  readonly received: number;
}

/** What that comes to. */
export interface NoticeTally {
  readonly expected: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly missing: number;
  readonly received: number;
  readonly inForce: number;
  readonly kept: number;
  /** Changes that are neither in force nor kept. */
  readonly lost: number;
}

/** Counts messages against receipts: each must have been taken in exactly once. */
export function tallyNotices({ attempts, accepted, changes, received }: Telling): NoticeTally {
  const taken = new Set(accepted);
  const count = (state: string): number => changes.filter((each) => each === state).length;
  const [inForce, kept] = [count('in_force'), count('kept')];
  return {
    ...{ expected: attempts.length, accepted: accepted.length, duplicates: accepted.length - taken.size },
    missing: attempts.filter((reference) => !taken.has(reference)).length,
    ...{ received, inForce, kept, lost: changes.length - inForce - kept },
  };
}

/** Says whether nothing was sent twice, and nothing lost. */
export function isTold(told: NoticeTally): boolean {
  const { expected, accepted, duplicates, missing, received, inForce, lost } = told;
  return expected === accepted && duplicates + missing + lost === 0 && received === inForce && inForce > 0;
}
