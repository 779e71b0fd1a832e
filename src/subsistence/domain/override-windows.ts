import type { PlainDate } from '../../kernel/index.ts';
import type { OverrideFacts } from './entitlement/facts.ts';

/** What was decided about an override later: another weekly amount from a day on, or (null) back to the rates. */
export interface OverrideDecided {
  readonly from: PlainDate;
  readonly weeklyPence: bigint | null;
  readonly reason: string;
}

/**
 * Puts the overrides of a plan in order for whoever prices it: what was decided last holds from its day on.
 * @param first the plan's own override, or none @param decided in the order of their decisions
 */
export function overrideWindows(first: readonly OverrideFacts[], decided: readonly OverrideDecided[]): OverrideFacts[] {
  let windows = [...first];
  for (const { from, weeklyPence, reason } of decided) {
    const before = windows.filter((window) => !window.from || window.from < from);
    windows = before.map((window) => (window.to && window.to <= from ? window : { ...window, to: from }));
    if (weeklyPence !== null) windows.push({ weeklyPence, reason, from, to: null });
  }
  return windows;
}
