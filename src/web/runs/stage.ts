import type { Allowed, DomainError } from '../../kernel/index.ts';
import { runMovedOn, type RunFacts, type RunState } from '../../payments/index.ts';
import { number } from '../../platform/index.ts';
import { show, type View, type Visit } from '../pages/index.ts';

/** Reads the run's number out of an address. @throws no_such_number */
export function runIdOf(visit: Visit): string {
  return number(visit.params.id ?? '');
}

/** Says whether somebody may do what an action allows. */
export function may(visit: Visit, allowed: Allowed): boolean {
  return allowed.roles.some((role) => visit.person.roles.includes(role));
}

/** Reads the version of the run that a form was made from; nothing where it does not say. */
export function versionSeen(visit: Visit): number | undefined {
  const { version } = visit.form;
  return typeof version === 'string' && /^\d{1,9}$/.test(version) ? Number(version) : undefined;
}

/** Shows the page of a step where the run is at one of its stages; otherwise says where the run is now. */
export function atStage(
  run: RunFacts,
  stages: readonly RunState[],
  template: string,
  data: Readonly<Record<string, unknown>>,
): View {
  return stages.includes(run.state) ? show(template, { run, ...data }) : show('runs/moved-on.njk', { run });
}

/** Says that a run is not what a form was made from. */
export function movedOn(run: RunFacts): DomainError {
  return runMovedOn(`Somebody changed it meanwhile. It is now ${run.state.replaceAll('_', ' ')}.`);
}
