import { defineProblem, type PlainDate } from '../../../kernel/index.ts';

/** What a rate is for. `person` is the weekly rate of everyone; the others are extras. */
export const rateComponents = ['person', 'pregnant', 'under-1', 'age-1-to-3'] as const;
/** One of the things a rate is for. */
export type RateComponent = (typeof rateComponents)[number];

/** One row of a rate table, in force from a day until the next row of the same component. */
export interface Rate {
  /** The rate version an explanation names, for example `guide 2024-01-15`. */
  readonly version: string;
  readonly component: RateComponent;
  readonly weeklyPence: bigint;
  readonly effectiveFrom: PlainDate;
}

/** What entitlement needs to know of a person; no names. */
export interface MemberFacts {
  readonly id: string;
  readonly relationship: 'lead' | 'partner' | 'child' | 'other';
  readonly born?: PlainDate | null;
  /** The day a baby is expected by this person; on a child without a birthday, the day that child is expected. */
  readonly due?: PlainDate | null;
  /** The day the team recorded the birth that `due` foretold. */
  readonly birthRecordedOn?: PlainDate | null;
  /** Counts from this day; absent: from the start of support. */
  readonly joined?: PlainDate | null;
  /** Counts to the day before this one; absent: to the end of support. */
  readonly left?: PlainDate | null;
}

/** A weekly addition with its reason: of a member (while that member counts) or of the family. */
export interface TopUpFacts {
  readonly id: string;
  readonly memberId?: string | null;
  readonly weeklyPence: bigint;
  readonly reason: string;
  readonly from?: PlainDate | null;
  readonly to?: PlainDate | null;
}

/** A weekly amount a person decided in place of the rates, with a justification, for some days; top-ups are added to it. */
export interface OverrideFacts {
  readonly weeklyPence: bigint;
  readonly reason: string;
  /** Absent: from the start of support. */
  readonly from?: PlainDate | null;
  /** The first day the rates count again; absent: to the end of support. */
  readonly to?: PlainDate | null;
}

/** One amount that goes on counting although what it rested on is gone: the same subject as before. Weekly pence. */
export interface KeptLine {
  readonly component: RateComponent | 'top-up';
  readonly memberId: string | null;
  readonly topUpId?: string;
  readonly weeklyPence: bigint;
}

/** What a family goes on getting until it was told that its amount falls. */
export interface KeptFacts {
  readonly fallId: string;
  readonly from: PlainDate;
  /** The first day without it; absent: until the family was told. */
  readonly to: PlainDate | null;
  readonly lines: readonly KeptLine[];
}

/** Everything a family's entitlement depends on besides the rates. */
export interface EntitlementFacts {
  readonly supportFrom: PlainDate;
  readonly supportTo?: PlainDate | null;
  readonly standard: 'subsistence' | 'welfare';
  /** In order of their days, none over another. */
  readonly overrides?: readonly OverrideFacts[];
  readonly members: readonly MemberFacts[];
  readonly topUps: readonly TopUpFacts[];
  readonly kept?: readonly KeptFacts[];
}

/** One line of "how we worked this out": some days at one weekly amount. */
export interface EntitlementLine {
  readonly component: RateComponent | 'top-up' | 'override';
  readonly memberId: string | null;
  /** Which top-up, when it is one. */
  readonly topUpId?: string;
  readonly from: PlainDate;
  /** The day after the last. */
  readonly to: PlainDate;
  readonly days: number;
  readonly weeklyPence: bigint;
  /** The rate version, the reason of a top-up or override, or `kept-until-told` with the fall that keeps it. */
  readonly basis: string;
}

/** Gives the basis of an amount that is kept until its family was told that it falls. */
export function keptBasis(fallId: string): string {
  return `kept-until-told ${fallId}`;
}

/** Something a person should look at; the money is right all the same. */
export type EntitlementFlag = 'birth-not-recorded' | 'nobody-counts';

/** What a family is owed for a period, exactly. */
export interface Entitlement {
  /** Exact amount in sevenths of a penny: a day of a weekly amount of n pence is n sevenths. */
  readonly sevenths: bigint;
  readonly lines: readonly EntitlementLine[];
  readonly flags: readonly EntitlementFlag[];
}

/** Tells a caseworker that the rate table does not reach back to these days. */
export const noRateInForce = defineProblem('no_rate_in_force', {
  status: 422,
  title: 'No rate is in force for some of these days',
  whatToDo: 'Add a rate that is in force from the first day, or start the support later.',
});

/** Tells a caseworker which places of a question about entitlement are wrong. */
export const entitlementInputRefused = defineProblem('entitlement_input_refused', {
  status: 422,
  title: 'This cannot be worked out as it stands',
  whatToDo: 'Correct each place named below.',
});
