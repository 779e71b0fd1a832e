/** What somebody is about to hold or let go, kept between the pages that ask. */
export interface HoldDraft {
  readonly step: 'hold' | 'release';
  readonly lineIds: readonly string[];
  /** The run's version when they chose. */
  readonly seen: number;
  readonly category?: string;
  readonly reason?: string;
}

/** The name of that draft, one for each run and person. */
export function holdDraft(runId: string): string {
  return `runs/${runId}/holds`;
}
