import { type PlainDate, plainDate } from '../../../kernel/index.ts';
import type { RateComponent } from './facts.ts';

/** One guide rate as a council starts with it; weekly pounds as text. */
export interface GuideRate {
  readonly component: RateComponent;
  readonly weekly: string;
  readonly effectiveFrom: PlainDate;
  readonly rationale: string;
}

const since = plainDate('2024-01-15');
const source = 'Asylum support rate (GOV.UK, review of weekly allowances 2023), used as the guide baseline';

/**
 * The guide rates a new council begins with; a council adds its own rows and tables beside them.
 * @source GOV.UK asylum support weekly allowances in force since 15 January 2024
 */
export const guideRates: readonly GuideRate[] = [
  { component: 'person', weekly: '49.18', effectiveFrom: since, rationale: source },
  { component: 'pregnant', weekly: '5.25', effectiveFrom: since, rationale: `${source}: extra while pregnant` },
  { component: 'under-1', weekly: '9.50', effectiveFrom: since, rationale: `${source}: extra for a baby under 1` },
  {
    component: 'age-1-to-3',
    weekly: '5.25',
    effectiveFrom: since,
    rationale: `${source}: extra for a child aged 1 to 3`,
  },
];
