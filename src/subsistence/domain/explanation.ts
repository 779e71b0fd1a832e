import type { EntitlementFlag, EntitlementLine } from './entitlement/facts.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Recovered } from './recovery.ts';

/** One line of "how we worked this out" as it is stored and shown; money as decimal text. */
export interface ExplainedLine {
  readonly component: EntitlementLine['component'];
  readonly memberId: string | null;
  /** Which top-up, when it is one. */
  readonly topUpId?: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly days: number;
  readonly weekly: string;
  readonly amount: string;
  readonly basis: string;
}

/**
 * A difference for days already paid, found because something was written down late: arrears are paid now; what was
 * overpaid waits for a person; what is withdrawn takes back, without paying, an overpayment recorded before.
 */
export interface BackDated {
  readonly component: EntitlementLine['component'];
  readonly memberId: string | null;
  readonly topUpId?: string;
  readonly kind: 'arrears' | 'overpaid' | 'withdrawn';
  /** Exact difference in sevenths of a penny, as text; below zero when overpaid. */
  readonly sevenths: string;
  readonly amount: string;
}

/** What a posted run made of a plan: it paid (`isPaid`), or only found that too much, or not too much, had been paid. */
export interface Posted {
  readonly isPaid: boolean;
  readonly explanation: Explanation;
}

/** How one payment was worked out: enough to recompute it to the penny. */
export interface Explanation {
  readonly standard: 'subsistence' | 'welfare';
  readonly payDate: PlainDate;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly lines: readonly ExplainedLine[];
  readonly backDated: readonly BackDated[];
  /** Sevenths of a penny that earlier rounding left. */
  readonly carriedIn: number;
  readonly carriedOut: number;
  readonly flags: readonly EntitlementFlag[];
  /** What it is smaller by, because the family pays back what it was paid too much. */
  readonly recovered?: Recovered;
  /** Of a payment that puts something right the same day: what, and which payment never arrived. */
  readonly putRight?: { readonly kind: 'underpaid' | 'not-arrived'; readonly paymentId: string | null };
}
