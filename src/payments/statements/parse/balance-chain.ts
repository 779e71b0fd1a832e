/** What stood on an account before and after one line, in pence. */
export interface Step {
  readonly before: bigint;
  readonly after: bigint;
}

/** Where a chain of balances begins and ends. */
export interface Chain {
  readonly opening: bigint;
  readonly closing: bigint;
  /** Where lines cancel each other, every balance it may have begun and ended with. */
  readonly mayOpenAt: readonly bigint[];
}

/**
 * Finds where an account's balances begin and end, in whatever order the bank put its lines: oldest first, newest first,
 * or mixed. Every line must follow on another one.
 * @returns nothing when the lines are no chain: one is missing, or there is one too many
 */
export function chainOf(steps: readonly Step[]): Chain | undefined {
  const [first] = steps;
  if (!first) return undefined;
  const ends = endsOf(steps);
  if (!ends) return undefined;
  const following = new Map<bigint, bigint[]>();
  for (const { before, after } of steps) following.set(before, [...(following.get(before) ?? []), after]);
  // Each line is walked once: from where it begins, a way through all of them exists when all can be reached.
  const reached = new Set<bigint>();
  const waiting = [ends.opening];
  while (waiting.length > 0) {
    const at = waiting.pop() as bigint;
    if (reached.has(at)) continue;
    reached.add(at);
    waiting.push(...(following.get(at) ?? []));
  }
  return steps.every(({ before }) => reached.has(before)) ? ends : undefined;
}

/** A balance left more often than reached is where it opens; all equal, it closes where it opened, wherever that was. */
function endsOf(steps: readonly Step[]): Chain | undefined {
  const left = new Map<bigint, number>();
  for (const { before, after } of steps) {
    left.set(before, (left.get(before) ?? 0) + 1);
    left.set(after, (left.get(after) ?? 0) - 1);
  }
  const odd = [...left].filter(([, times]) => times !== 0);
  if (odd.length === 0) {
    const [any = 0n, ...others] = new Set(steps.map(({ before }) => before));
    return { opening: any, closing: any, mayOpenAt: [any, ...others] };
  }
  const opening = odd.find(([, times]) => times === 1)?.[0];
  const closing = odd.find(([, times]) => times === -1)?.[0];
  return odd.length === 2 && opening !== undefined && closing !== undefined
    ? { opening, closing, mayOpenAt: [opening] }
    : undefined;
}
