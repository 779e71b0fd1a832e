import { defineProblem } from './problem.ts';

/** Tells a person that the present state has no such step. */
export const notInThatState = defineProblem('not_in_that_state', {
  status: 409,
  title: 'That cannot be done at this stage',
  whatToDo: 'Look at its present state: somebody may have moved it on. Then choose one of the steps open to it.',
});

/** A machine on one screen: state → command → next state. A state with no commands is an end. */
export type Transitions<State extends string, Command extends string> = {
  readonly [S in State]: { readonly [C in Command]?: State };
};

/**
 * Finds the state a command leads to.
 * @throws not_in_that_state when the table has no such edge
 */
export function nextState<State extends string, Command extends string>(
  subject: string,
  table: Transitions<State, Command>,
  from: State,
  command: Command,
): State {
  const next = table[from][command];
  if (!next)
    throw notInThatState(`${subject} is ${from.replaceAll('_', ' ')}: it cannot ${command.replaceAll('_', ' ')} now.`);
  return next;
}
