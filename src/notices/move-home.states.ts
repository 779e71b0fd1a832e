import type { Transitions } from '../kernel/index.ts';

export type MoveHomeState = 'planned' | 'moved' | 'withdrawn';
export type MoveHomeCommand = 'move' | 'withdraw';

/** The life of a family's move to another home. It moves on its day, when the family was told in time. */
export const moveHomeStates: Transitions<MoveHomeState, MoveHomeCommand> = {
  planned: { move: 'moved', withdraw: 'withdrawn' },
  moved: {},
  withdrawn: {},
};
