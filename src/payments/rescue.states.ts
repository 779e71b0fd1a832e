import type { Transitions } from '../kernel/index.ts';

export type RescueState = 'proposed' | 'agreed' | 'refused';
export type RescueCommand = 'agree' | 'refuse';

/** A file the bank does not have goes again only when a second person agrees. */
export const rescueStates: Transitions<RescueState, RescueCommand> = {
  proposed: { agree: 'agreed', refuse: 'refused' },
  agreed: {},
  refused: {},
};
