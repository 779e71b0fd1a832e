import { z } from 'zod';
import { consentWays, type NewReferral } from '../../grants/index.ts';
import { DomainError, type PlainDate } from '../../kernel/index.ts';
import { inputRefused, paragraphs, words } from '../../platform/index.ts';
import { dateField } from '../pages/date-field.ts';
import { type Form, read } from '../pages/index.ts';

/** A referral somebody is writing: what they typed, step by step. */
export type ReferralDraft = Readonly<Partial<Record<ReferralStep, Form>>>;
/** The name the draft is kept by: one referral at a time. */
export const REFERRAL_DRAFT = 'referrals/new';

/** The steps of a referral, in order, by the last part of their address. */
export const referralSteps = {
  family: 'Who the family is',
  consent: 'The family’s consent',
  needs: 'What they need',
  analysis: 'What you know of their situation',
} as const;
export type ReferralStep = keyof typeof referralSteps;
export const stepsOfReferral = Object.keys(referralSteps) as ReferralStep[];

const family = z.object({
  ...{ leadName: words(100), postcode: words(10).optional(), children: paragraphs(500).optional(), reach: words(300) },
});
const consent = z.object({
  agreed: z.literal('yes', 'A family that has not agreed cannot be referred.'),
  consentBy: words(100),
  consentHow: z.enum(consentWays, 'Choose how.'),
  hearsOutcome: z.enum(['yes', 'no'], 'Choose yes or no.'),
});
const codes = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (Array.isArray(given) ? given : [given]))
  .pipe(z.array(words(40)).max(30));
const needs = z.object({ codes: codes.optional(), need: paragraphs(2000) });
const analysis = z.object({ analysis: paragraphs(4000) });

type Part = Partial<NewReferral>;

/** Reads each step's form. @throws input_refused with a field each */
const readings: Readonly<Record<ReferralStep, (form: Form, today: PlainDate) => Part>> = {
  family: (form, today) => {
    const { postcode = '', children = '', ...who } = read(family, form);
    return { ...who, postcode, children, born: notToCome(dateField(form, 'born'), 'born', today) };
  },
  consent: (form, today) => {
    const { agreed: _, hearsOutcome, ...given } = read(consent, form);
    const consentOn = notToCome(dateField(form, 'consentOn'), 'consentOn', today);
    if (!consentOn) throw refused('consentOn-day', 'Enter the day they agreed.');
    return { ...given, hearsOutcome: hearsOutcome === 'yes', consentOn };
  },
  needs: (form) => {
    const { codes: chosen = [], need } = read(needs, form);
    if (chosen.length === 0) throw refused('codes', 'Choose at least one.');
    return { codes: chosen, need };
  },
  analysis: (form) => read(analysis, form),
};

function notToCome(day: PlainDate | null, field: string, today: PlainDate): PlainDate | null {
  if (day && day > today) throw refused(`${field}-day`, 'Enter a day that is not in the future.');
  return day;
}

function refused(field: string, reason: string): DomainError {
  return inputRefused('One answer needs another look.', [{ field, reason }]);
}

/** Reads one step. @throws input_refused with a field each */
export function readReferralStep(step: ReferralStep, form: Form, today: PlainDate): Part {
  return readings[step](form, today);
}

/** Says whether a step was answered, and the answer holds. */
export function isStepDone(step: ReferralStep, draft: ReferralDraft, today: PlainDate): boolean {
  const form = draft[step];
  try {
    return form !== undefined && Boolean(readReferralStep(step, form, today));
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** Gives the first step nobody has answered. */
export function firstStepOpen(draft: ReferralDraft, today: PlainDate): ReferralStep | undefined {
  return stepsOfReferral.find((step) => !isStepDone(step, draft, today));
}

/** Puts a finished draft together. @throws input_refused when a step no longer holds */
export function referralIn(draft: ReferralDraft, today: PlainDate): NewReferral {
  const parts = stepsOfReferral.map((step) => readReferralStep(step, draft[step] ?? {}, today));
  return Object.assign({}, ...parts) as NewReferral;
}
