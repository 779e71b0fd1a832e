import { defineProblem } from './problem.ts';

/** What a person of the council may be given to do. One person may hold several. */
export const roles = ['caseworker', 'manager', 'finance', 'releaser', 'auditor', 'administrator'] as const;
/** Names one of the things a person may be given to do; a partner is of an agency outside the council, and holds nothing else. */
export type Role = (typeof roles)[number] | 'partner';
/** Everybody who may sign in. */
export const everybody: readonly Role[] = [...roles, 'partner'];

/** Where a command came in. */
export type Channel = 'api' | 'cli' | 'clock' | 'page';

/** Who acts: a signed-in person, or (without `userId`) the operator at the machine or the clock. */
export interface Actor {
  /** The council acted for. */
  readonly authorityId: string;
  readonly userId?: string;
  readonly roles: readonly Role[];
  readonly channel: Channel;
}

/** Who may do an action: some roles, and perhaps the machine itself (the clock, the operator). */
export interface Allowed {
  readonly roles: readonly Role[];
  readonly machine?: boolean;
}

/** Tells a person which roles may do what they asked for. */
export const notPermitted = defineProblem('not_permitted', {
  status: 403,
  title: 'You are not allowed to do this',
  whatToDo: 'Ask somebody with one of the roles named above, or ask your administrator for the role.',
});

/** Stops an actor who may not do this. @throws not_permitted naming the roles that may */
export function mustBeAllowed(actor: Actor, allowed: Allowed): void {
  if (actor.userId === undefined ? allowed.machine : allowed.roles.some((role) => actor.roles.includes(role))) return;
  throw notPermitted(`This is done by: ${allowed.roles.join(', ')}.`);
}

/** Gives the person acting. @throws not_permitted for the machine: some steps need a named person */
export function personActing(actor: Actor): string {
  if (actor.userId === undefined) throw notPermitted('This needs a named person, not the machine.');
  return actor.userId;
}

/** The clock, acting for one council. */
export function clockOf(authorityId: string): Actor {
  return { authorityId, roles: [], channel: 'clock' };
}

/** The operator at the machine, acting for one council. */
export function operatorOf(authorityId: string): Actor {
  return { authorityId, roles: [], channel: 'cli' };
}
