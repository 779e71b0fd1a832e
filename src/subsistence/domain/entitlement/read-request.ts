import { isPlainDate, Money, type Period, type PlainDate } from '../../../kernel/index.ts';
import { z } from 'zod';
import { type EntitlementFacts, entitlementInputRefused } from './facts.ts';

const day = z
  .string()
  .refine(isPlainDate, 'must be a day that exists, as 2026-12-01') as unknown as z.ZodType<PlainDate>;
const weekly = z.string().regex(/^(0|[1-9]\d{0,11})(\.\d{1,2})?$/, 'must be pounds and pence as text, as "12.50"');

const member = z
  .object({
    relationship: z.enum(['lead', 'partner', 'child', 'other']),
    born: day.nullish(),
    due: day.nullish(),
    birthRecordedOn: day.nullish(),
    joined: day.nullish(),
    left: day.nullish(),
  })
  .strict();

const request = z
  .object({
    from: day,
    to: day,
    standard: z.enum(['subsistence', 'welfare']).default('subsistence'),
    members: z.array(member).min(1, 'must have at least one person'),
    topUps: z.array(z.object({ weekly, reason: z.string().trim().min(1, 'must say why') }).strict()).default([]),
  })
  .strict()
  .refine((value) => value.from < value.to, { path: ['to'], message: 'must be after "from": days are closed-open' });

/** What somebody asks: a household that need not be saved, and the days to work out. */
export interface EntitlementRequest {
  readonly facts: EntitlementFacts;
  readonly period: Period;
}

/** The shape of the question, for the API's description. */
export const entitlementRequest = request;

/** Reads a question of what a household would be owed, for a caseworker. @throws entitlement_input_refused naming each place */
export function readEntitlementRequest(given: unknown): EntitlementRequest {
  const read = request.safeParse(given);
  if (!read.success) {
    const items = read.error.issues.map((issue) => ({ field: issue.path.join('.') || 'file', reason: issue.message }));
    throw entitlementInputRefused(items.map((item) => `${item.field} ${item.reason}`).join('; '), items);
  }
  const { from, to, standard, members, topUps } = read.data;
  return {
    period: { from, to },
    facts: {
      ...{ supportFrom: from, supportTo: to, standard },
      members: members.map((each, index) => ({ id: String(index + 1), ...each })),
      topUps: topUps.map(({ weekly: pounds, reason }, index) => ({
        ...{ id: String(index + 1), reason, memberId: null },
        weeklyPence: Money.gbp(pounds).toPence(),
      })),
    },
  };
}
