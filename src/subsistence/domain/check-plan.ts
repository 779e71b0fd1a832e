import { addDays, type PlainDate, type ProblemItem } from '../../kernel/index.ts';
import type { PlanChangeTerms } from './plan-change.ts';

const FURTHEST_AHEAD = 366;

/** What a caseworker proposes for a family. Weekly pounds as text; `supportTo` is the first day without support. */
export interface PlanProposal {
  readonly fundId: string;
  readonly standard: 'subsistence' | 'welfare';
  readonly standardReason: string | null;
  readonly override: { readonly weekly: string; readonly reason: string } | null;
  readonly frequencyDays: 7 | 14 | 28;
  /** 1 = Monday. */
  readonly payDay: number;
  readonly supportFrom: PlainDate;
  readonly supportTo: PlainDate | null;
  readonly topUps: readonly { readonly memberId: string | null; readonly weekly: string; readonly reason: string }[];
}

/** What a proposed plan is held against: the family's people, the funds, the first day with a rate. */
export interface PlanGround {
  readonly memberIds: readonly string[];
  readonly payingFundIds: readonly string[];
  readonly ratesFrom: PlainDate | undefined;
  readonly today: PlainDate;
}

/** Finds what is wrong with a proposed plan, for the caseworker: one item a place, none when it is right. */
export function faultsOfPlan(plan: PlanProposal, ground: PlanGround): ProblemItem[] {
  const faults: ProblemItem[] = [];
  const say = (field: string, reason: string): void => void faults.push({ field, reason });
  if (ground.memberIds.length === 0) say('members', 'Nobody is in this family yet: write down who is, first.');
  if (!ground.payingFundIds.includes(plan.fundId)) say('fundId', 'Choose a fund that pays section 17 support.');
  if (ground.ratesFrom === undefined || plan.supportFrom < ground.ratesFrom)
    say(
      'supportFrom',
      `There is no rate in force before ${ground.ratesFrom ?? 'any day'}: begin on that day or later.`,
    );
  if (plan.supportFrom > addDays(ground.today, FURTHEST_AHEAD)) say('supportFrom', 'Begin within a year from today.');
  if (plan.supportTo && plan.supportTo <= plan.supportFrom) say('supportTo', 'Support must last at least one day.');
  if (plan.standard === 'welfare' && !plan.standardReason?.trim())
    say('standardReason', 'Say why the welfare standard is right for this family.');
  if (plan.topUps.some((topUp) => topUp.memberId !== null && !ground.memberIds.includes(topUp.memberId)))
    say('topUps', 'A top-up is for somebody who is not in this family: take it out.');
  return faults;
}

/** What a change is held against: the plan's days, its top-ups, the family's people, the days already paid. */
export interface ChangeGround {
  readonly supportFrom: PlainDate;
  readonly supportTo: PlainDate | null;
  readonly standard: string;
  /** The first day Mainstay pays for. */
  readonly paidUpTo: PlainDate;
  /** The first day not paid yet. */
  readonly paidTo: PlainDate;
  readonly memberIds: readonly string[];
  readonly topUps: readonly { id: string; from: PlainDate | null; to: PlainDate | null }[];
  readonly hasOverride: boolean;
  readonly today: PlainDate;
}

/** Finds what is wrong with a proposed change, for the caseworker. */
export function faultsOfChange(change: PlanChangeTerms, ground: ChangeGround): ProblemItem[] {
  const faults: ProblemItem[] = [];
  const say = (field: string, reason: string): void => void faults.push({ field, reason });
  if (change.kind !== 'standard') checkDay(change.kind, change.from, ground, say);
  switch (change.kind) {
    case 'top-up':
      if (change.to && change.to <= change.from) say('to', 'The last day must be on or after the first.');
      if (change.memberId !== null && !ground.memberIds.includes(change.memberId))
        say('memberId', 'Choose somebody of this family, or the whole family.');
      break;
    case 'end-top-up':
      checkTopUp(change, ground, say);
      break;
    case 'override':
      if (change.from < ground.paidTo)
        say(
          'from',
          `Days before ${ground.paidTo} are paid already, or about to be: an amount in place of the rates begins then or later.`,
        );
      if (change.weekly === null && !ground.hasOverride) say('weekly', 'The plan is paid by the rates already.');
      break;
    case 'standard':
      if (change.standard === ground.standard) say('standard', 'That is the standard already.');
      break;
    case 'end':
      break;
  }
  return faults;
}

type Say = (field: string, reason: string) => void;

function checkDay(kind: PlanChangeTerms['kind'], from: PlainDate, ground: ChangeGround, say: Say): void {
  const { supportFrom, supportTo, paidUpTo, today } = ground;
  if (from > addDays(today, FURTHEST_AHEAD)) say('from', 'Choose a day within a year from today.');
  else if (kind === 'end' && (from <= supportFrom || from < paidUpTo))
    say('from', `Support counts from ${supportFrom}, and is paid here from ${paidUpTo}: it cannot end before that.`);
  else if (kind === 'end' && supportTo && from >= supportTo) say('from', `Support ends on ${supportTo} already.`);
  else if (from < supportFrom || (supportTo && from > supportTo))
    say(
      'from',
      `Choose a day of the support, which begins on ${supportFrom}${supportTo ? ` and ends before ${supportTo}` : ''}.`,
    );
}

function checkTopUp(change: PlanChangeTerms & { kind: 'end-top-up' }, ground: ChangeGround, say: Say): void {
  const topUp = ground.topUps.find((each) => each.id === change.topUpId);
  if (!topUp) say('topUpId', 'Choose a top-up of this plan.');
  else if (change.from <= (topUp.from ?? ground.supportFrom))
    say('from', 'The last day must be on or after its first.');
  else if (topUp.to && change.from >= topUp.to) say('from', `It ends before ${topUp.to} already.`);
}
