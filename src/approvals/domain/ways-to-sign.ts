import { Money, type Role } from '../../kernel/index.ts';
import type { FamilyLimit } from '../../identity/index.ts';

/** A way a person may sign: in which role and within which limit, their own or that of somebody they stand in for. */
export interface Way {
  readonly personId: string;
  /** Whose role and limit it is: the person's own, unless they stand in for somebody. */
  readonly inNameOf: string;
  readonly standInId: string | null;
  readonly role: Role;
  readonly limitId: string;
  readonly upTo: Money;
  readonly family: FamilyLimit | null;
  /** Whether the limit is that person's alone, in place of their role's. */
  readonly isPersonal: boolean;
}

/** One signature a request needs, frozen when it was submitted; who gave it, once somebody has. */
export interface Step {
  readonly step: number;
  /** `any` is any role with a limit. */
  readonly role: Role | 'any';
  readonly signedBy: string | null;
  readonly inNameOf: string | null;
}

/** A request that waits, as whoever decides it needs it. */
export interface WaitingRequest {
  readonly id: string;
  readonly amount: Money;
  readonly proposedBy: string;
  readonly touched: readonly string[];
  /** Who declared a conflict of interest in it. */
  readonly conflicted: readonly string[];
  readonly familyId: string | null;
  /** None: one signature is enough, and the decision is that signature. */
  readonly steps: readonly Step[];
}

/** Why a way does not do for a request. */
export type Hindrance = 'proposed' | 'touched' | 'conflict' | 'signed' | 'role' | 'limit' | 'family-limit';

/** Gives what a family was given already in the months before today, besides the request. */
export type Given = (familyId: string, months: number) => Money;

/** Says why somebody may not sign a request in some way, or undefined when they may. */
export function hindranceOf(way: Way, request: WaitingRequest, given: Given): Hindrance | undefined {
  const people = [way.personId, way.inNameOf];
  if (people.includes(request.proposedBy)) return 'proposed';
  if (people.some((person) => request.touched.includes(person))) return 'touched';
  if (people.some((person) => request.conflicted.includes(person))) return 'conflict';
  if (request.steps.some(({ signedBy, inNameOf }) => [signedBy, inNameOf].some((one) => one && people.includes(one))))
    return 'signed';
  if (request.steps.length > 0 && !stepFor(way, request)) return 'role';
  if (way.upTo.compare(request.amount) < 0) return 'limit';
  return isAboveFamilyLimit(way, request, given) ? 'family-limit' : undefined;
}

/** Finds the step somebody would sign: one of their own role before one that anybody may sign. */
export function stepFor(way: Way, { steps }: WaitingRequest): Step | undefined {
  const open = steps.filter((step) => step.signedBy === null);
  return open.find((step) => step.role === way.role) ?? open.find((step) => step.role === 'any');
}

/**
 * Chooses how somebody signs: in their own name before another's, with the highest limit.
 * @returns what hinders them, when nothing does: the nearest to a signature says most
 */
export function chooseWay(
  ways: readonly Way[],
  request: WaitingRequest,
  given: Given,
): Way | Hindrance | 'nothing held' {
  const tried = inOrder(ways).map((way) => ({ way, hindrance: hindranceOf(way, request, given) }));
  const possible = tried.find(({ hindrance }) => hindrance === undefined);
  if (possible) return possible.way;
  const hindrances = tried.map(({ hindrance }) => hindrance);
  return NEAREST_FIRST.find((one) => hindrances.includes(one)) ?? 'nothing held';
}

const NEAREST_FIRST = ['family-limit', 'limit', 'role', 'signed', 'conflict', 'touched', 'proposed'] as const;

/** Chooses in which way somebody sends something back or declines it: any but as one who proposed or touched it. */
export function answeringWay(ways: readonly Way[], request: WaitingRequest): Way | Hindrance | 'nothing held' {
  const unlimited: WaitingRequest = { ...request, amount: Money.zero, familyId: null, steps: [] };
  return chooseWay(ways, unlimited, () => Money.zero);
}

function inOrder(ways: readonly Way[]): Way[] {
  return ways.toSorted((a, b) => Number(a.standInId !== null) - Number(b.standInId !== null) || b.upTo.compare(a.upTo));
}

function isAboveFamilyLimit({ family }: Way, { familyId, amount }: WaitingRequest, given: Given): boolean {
  if (!family || familyId === null) return false;
  return given(familyId, family.months).plus(amount).compare(family.amount) > 0;
}
